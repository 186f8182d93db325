import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: [
    './db/schema.ts',
    './db/schema-people.ts',
    './db/schema-threads.ts',
    './db/schema-access.ts',
    './db/schema-shares.ts',
  ],
  out: './db/migrations',
});
