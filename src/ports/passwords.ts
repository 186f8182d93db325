/** The passwords of encrypted exports: sealed with the secret, beside the export, and deleted with it. */
export interface Passwords {
  /** The password of an export, made with the first call; a supplement has that of its export. */
  ensure(exportId: string): Promise<string>;
  /** The same, or null when there is none, not any more, or it was sealed with another secret. */
  find(exportId: string): Promise<string | null>;
}

/** Makes and seals passwords. */
export interface Vault {
  /** A new password that nobody guesses, of letters and digits that are not mistaken for each other. */
  passphrase(): string;
  /** @param about what it belongs to; it opens for nothing else */
  seal(text: string, about: string): string;
  /** null when it was changed, belongs to something else, or was sealed with another secret. */
  open(sealed: string, about: string): string | null;
}
