/** A stretch of a template that is filled anew for each document; its length never changes. */
export type Slot = { start: number; length: number };

/** Where a text stands in a template. */
export function slotOf(template: Buffer, text: string): Slot {
  const start = template.indexOf(text, 0, 'latin1');
  if (start < 0) throw new Error(`The template of a sample document has no place for ${text}.`);
  return { start, length: text.length };
}

/** Writes as many whole characters as fit, and fills the rest with spaces. */
export function fillSlot(document: Buffer, slot: Slot, text: string): void {
  document.fill(' ', slot.start, slot.start + slot.length);
  // `Buffer.write` never writes half a character.
  document.write(text, slot.start, slot.length, 'utf8');
}
