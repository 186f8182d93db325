import { describeServer } from '../../contracts/database-server.ts';
import { hasPostgres, startPostgres } from '../../support/database-server.ts';

describeServer('PostgreSQL', 'postgres', hasPostgres, startPostgres);
