/** A mail, ready to go. `key` becomes its Message-ID, so that the same mail sent twice can be told. */
export type Mail = {
  key: string;
  to: { name: string; email: string };
  subject: string;
  text: string;
  html: string;
  attachments: { fileName: string; contentType: string; content: Buffer }[];
};

export interface Mailer {
  send(mail: Mail): Promise<void>;
}
