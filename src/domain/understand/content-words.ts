/** Kinds of content that a message names. */
export type Included = 'resumes' | 'structured' | 'attachments' | 'cvs';

const CONTENT = {
  resumes:
    /\b(resumes?|resumees|lebenslauf\w*|lebenslaeuf\w*|curriculos?|curriculums?|hojas? de vida|biodatas?|rezume)\b/g,
  cvs: /\b(cvs?|c\.v\.|curricul(um|a) vitae)\b/g,
  attachments:
    /\b(attach(ed|ments?)( files?)?|cover letters?|documents?|docs|anhang\w*|anhaenge\w*|anlagen|dokumente?n?|zeugnisse|anschreiben|adjuntos?|documentos?|anexos?|pieces? jointes?|pj|certificates)\b/g,
  structured:
    /\b(csvs?(?! (with|file with|mit|con|com|avec))|spreadsheets?|structured|notes?|notas?|notizen|anotacoes|(data|custom|parsed|profile) ?fields?|fields|data files?|datendateien|metadata|tables?|raw data|job descriptions?|contacts|companies|audit[ -]?logs?|pipelines?|tasks|strukturiert\w*|felder\w*|datenfelder|stellenbeschreibungen|campos?|estructurad[oa]s?|datos estructurados|champs?|structurees?|estruturad[oa]s?|candidates\.csv|comments|kommentare|scorecards|stages?)\b/g,
} as const satisfies Record<Included, RegExp>;

const NOT_BEFORE =
  /\b(without|no|not|except|excluding|exclude|skip|leave out|ohne|keine|kein|ausser|sin|excepto|salvo|sans|sauf|pas de|pas les|pas d'|sem|exceto|menos|nao|bina|don't need|do not need)\s+(?:\w+\s+){0,2}$/;
const NOT_AFTER = /^(?:,)?\s*(no|nao|nein|nicht|pas|nahi|nahin|mat|not needed|chhod\w*)\b(?! only)/;

/** Where a kind of content is named, and whether it is to be left out. `folded` is as `foldSame` makes it. */
export type Named = { kind: Included; at: number; isUnwanted: boolean };

export function contentNamed(folded: string): Named[] {
  return (Object.keys(CONTENT) as Included[])
    .flatMap((kind) => {
      const [first] = [...folded.matchAll(CONTENT[kind])];
      if (!first) return [];
      const before = folded.slice(Math.max(0, first.index - 40), first.index);
      const after = folded.slice(first.index + first[0].length);
      return [
        { kind, at: first.index, isUnwanted: NOT_BEFORE.test(before) || NOT_AFTER.test(after) },
      ];
    })
    .sort((a, b) => a.at - b.at);
}
