/** The tables of the sample ATS. Each is clustered by account, so that the rows of one lie together. */
export const TABLES = `
  create table accounts (
    id text primary key, name text not null, state text not null, closed_at text
  ) without rowid;
  create table users (
    account_id text not null, id text not null, name text not null, email text not null,
    role text not null, phone text, added_at text not null,
    primary key (account_id, id)
  ) without rowid;
  create table invoices (
    account_id text not null, number text not null, amount text not null, currency text not null,
    due_on text not null, paid_on text,
    primary key (account_id, number)
  ) without rowid;
  create table companies (
    account_id text not null, id text not null, name text not null, website text, industry text,
    created_at text not null,
    primary key (account_id, id)
  ) without rowid;
  create table contacts (
    account_id text not null, id text not null, company_id text not null, name text not null,
    email text, phone text, title text, created_at text not null,
    primary key (account_id, id)
  ) without rowid;
  create table jobs (
    account_id text not null, id text not null, title text not null, company_id text not null,
    status text not null, openings integer not null, salary_from real, created_at text not null,
    primary key (account_id, id)
  ) without rowid;
  create table candidates (
    account_id text not null, id text not null, legacy_id integer not null, name text, email text,
    phone text, current_title text, expected_salary integer, summary text, created_at text not null,
    primary key (account_id, id)
  ) without rowid;
  create table applications (
    account_id text not null, job_id text not null, candidate_id text not null, stage text not null,
    rating integer, applied_at text not null, updated_at text not null,
    primary key (account_id, job_id, candidate_id)
  ) without rowid;
  create table folders (
    account_id text not null, id text not null, name text not null,
    primary key (account_id, id)
  ) without rowid;
  create table folder_records (
    account_id text not null, folder_id text not null, candidate_id text not null,
    added_at text not null,
    primary key (account_id, folder_id, candidate_id)
  ) without rowid;
  create table tasks (
    account_id text not null, id integer not null, title text not null, assigned_to text not null,
    job_id text, candidate_id text, due_on text not null, done integer not null,
    created_at text not null,
    primary key (account_id, id)
  ) without rowid;
  create table notes (
    account_id text not null, id integer not null, candidate_id text not null, text text not null,
    primary key (account_id, id)
  ) without rowid;
  create table audit_logs (
    account_id text not null, id integer not null, user_id text not null, action text not null,
    subject text not null, details text, at text not null,
    primary key (account_id, id)
  ) without rowid;
  create table documents (
    account_id text not null, id integer not null, section text not null, attached_to text not null,
    job_id text not null default '', candidate_id text not null default '', note_id integer,
    name text not null, path text not null, size_bytes integer not null,
    uploaded_by text not null, created_at text not null,
    primary key (account_id, id)
  ) without rowid;
`;

/** Made after the rows, which is faster. The lists of the source file are read in their order. */
export const INDEXES = `
  create index users_by_email on users (lower(email));
  create index applications_by_candidate on applications (account_id, candidate_id, job_id);
  create index documents_by_candidate on documents (account_id, section, candidate_id, id);
  create index documents_by_job on documents (account_id, section, job_id, candidate_id, id);
`;

/** Lies in a database of its own. */
export const ACCESS_TABLE = `
  create table temporary_access (
    id text primary key, account_id text not null, email text not null, until text not null,
    reason text not null
  ) without rowid;
`;
