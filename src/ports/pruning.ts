/** What is kept only for a while: ids of what services told us, and codes. */
export interface Pruning {
  /** Forgets what services told us and was worked on before then. @returns how many */
  arrivals(doneBefore: Date): number;
  /** Forgets codes, and unfinished proofs of an address, from before then. @returns how many */
  identityCodes(before: Date): number;
}
