/** The source file of a sample: also an example of how another ATS is described. */
export const SOURCE_YAML = `# Where the data of an ATS is, and how Waybill reads it.
#
# Each list is a plain SELECT of one account (:account). \`key\` names the columns that give each row its
# place: unique together, never NULL, and best an index of the database. Columns that begin with _ are
# read but not exported, and neither is account_id, which is compared with the account that is exported.
# \`job\` names the column with the id of the row's job (\`jobs\`: several ids, with commas between them) and
# \`date\` the column with its date, for exports of some jobs or of a span of time. A list without them
# is always exported whole.

database:
  sqlite: ats.sqlite # relative to this file

storage:
  folder: files/{account} # relative to this file; no file outside it is ever opened

queries:
  # Only for "waybill doctor --source", to find an account to try everything with.
  accounts: select id from accounts order by id limit 10
  account: select id, name, state, closed_at from accounts where id = :account
  # :email comes in lower case.
  people: select account_id, id, name, email, role, added_at from users where lower(email) = :email
  admins: >-
    select account_id, id, name, email, role, added_at from users
    where account_id = :account and role in ('admin', 'authorised_contact')
  invoices: >-
    select account_id, number, amount, currency, due_on from invoices
    where account_id = :account and paid_on is null
  jobs: select account_id, id, title from jobs where account_id = :account

# Temporary access to the platform, asked for in the chat and decided on the desk. The statements may use :id,
# :account, :email, :until (ISO 8601), :until_utc (as MySQL wants it) and :reason. \`database\` is left out when the
# user above may write; here it is a file of its own, so that nobody waits for a long export.
access:
  database:
    sqlite: access.sqlite
  grant: >-
    insert into temporary_access (id, account_id, email, until, reason)
    values (:id, :account, :email, :until, :reason) on conflict (id) do update set until = excluded.until
  revoke: delete from temporary_access where id = :id
  list: select id, account_id, email, until from temporary_access order by until, id

data:
  Attachments:
    query: >-
      select d.account_id, d.id as attachment_id, d.attached_to, d.job_id, d.candidate_id, d.name,
        d.size_bytes, d.uploaded_by, d.created_at, n.text as note,
        case when d.job_id <> '' then d.job_id else (select group_concat(a.job_id) from applications a
          where a.account_id = d.account_id and a.candidate_id = d.candidate_id) end as _job_ids
      from documents d left join notes n on n.account_id = d.account_id and n.id = d.note_id
      where d.account_id = :account and d.section = 'attachment'
    key: [job_id, candidate_id, attachment_id]
    jobs: _job_ids
    date: created_at
  Audit_Logs:
    query: >-
      select account_id, id as entry_id, at, user_id, action, subject, details from audit_logs
      where account_id = :account
    key: [entry_id]
    date: at
  Candidates:
    query: >-
      select c.account_id, c.id as candidate_id, c.legacy_id, c.name, c.email, c.phone,
        c.current_title, c.expected_salary, c.summary, c.created_at,
        (select group_concat(a.job_id) from applications a
          where a.account_id = c.account_id and a.candidate_id = c.id) as job_ids
      from candidates c where c.account_id = :account
    key: [candidate_id]
    jobs: job_ids
    date: created_at
  Companies:
    query: >-
      select account_id, id as company_id, name, website, industry, created_at from companies
      where account_id = :account
    key: [company_id]
  Contacts:
    query: >-
      select t.account_id, t.id as contact_id, t.company_id, c.name as company, t.name, t.email, t.phone,
        t.title, t.created_at
      from contacts t left join companies c on c.account_id = t.account_id and c.id = t.company_id
      where t.account_id = :account
    key: [contact_id]
  Folder_Records:
    query: >-
      select r.account_id, r.folder_id, f.name as folder, r.candidate_id, r.added_at,
        (select group_concat(a.job_id) from applications a
          where a.account_id = r.account_id and a.candidate_id = r.candidate_id) as _job_ids
      from folder_records r left join folders f on f.account_id = r.account_id and f.id = r.folder_id
      where r.account_id = :account
    key: [folder_id, candidate_id]
    jobs: _job_ids
    date: added_at
  Job_Pipelines:
    query: >-
      select a.account_id, a.job_id, j.title as job, a.candidate_id, c.name as candidate, a.stage, a.rating,
        a.applied_at, a.updated_at
      from applications a
        left join jobs j on j.account_id = a.account_id and j.id = a.job_id
        left join candidates c on c.account_id = a.account_id and c.id = a.candidate_id
      where a.account_id = :account
    key: [job_id, candidate_id]
    job: job_id
    date: applied_at
  Jobs:
    query: >-
      select j.account_id, j.id as job_id, j.title, j.company_id, c.name as company, j.status, j.openings,
        j.salary_from, j.created_at
      from jobs j left join companies c on c.account_id = j.account_id and c.id = j.company_id
      where j.account_id = :account
    key: [job_id]
    job: job_id
  Tasks:
    query: >-
      select account_id, id as task_id, title, assigned_to, job_id, candidate_id, due_on, done, created_at
      from tasks where account_id = :account
    key: [task_id]
    job: job_id
    date: created_at
  Users:
    query: >-
      select account_id, id as user_id, name, email, role, phone, added_at from users
      where account_id = :account
    key: [user_id]

# Lists of files always have the columns account_id, file_id, path, name, size_bytes, created_at, job_id,
# job_title, candidate_id and candidate_name. '' is no job and no candidate.
files:
  attachments:
    query: >-
      select d.account_id, d.id as file_id, d.path, d.name, d.size_bytes, d.created_at, d.job_id,
        j.title as job_title, d.candidate_id, c.name as candidate_name,
        case when d.job_id <> '' then d.job_id else (select group_concat(a.job_id) from applications a
          where a.account_id = d.account_id and a.candidate_id = d.candidate_id) end as _job_ids
      from documents d
        left join jobs j on j.account_id = d.account_id and j.id = d.job_id
        left join candidates c on c.account_id = d.account_id and c.id = d.candidate_id
      where d.account_id = :account and d.section = 'attachment'
    key: [job_id, candidate_id, file_id]
    jobs: _job_ids # a document without a job goes with the jobs of its candidate
  # A resume comes once for each application of its candidate; an unsolicited application has no job.
  # "cross join" and "indexed by" keep SQLite to the order in which the list is read.
  cvs:
    query: >-
      select d.account_id, d.id as file_id, d.path, d.name, d.size_bytes, d.created_at, a.job_id,
        j.title as job_title, a.candidate_id, c.name as candidate_name
      from applications a
        cross join documents d indexed by documents_by_candidate on d.account_id = a.account_id
          and d.section = 'cv' and d.candidate_id = a.candidate_id
        left join jobs j on j.account_id = a.account_id and j.id = a.job_id
        left join candidates c on c.account_id = a.account_id and c.id = a.candidate_id
      where a.account_id = :account
    key: [job_id, candidate_id, file_id]
`;
