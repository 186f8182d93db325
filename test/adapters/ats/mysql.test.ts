import { describeServer } from '../../contracts/database-server.ts';
import { hasMariadb, startMariadb } from '../../support/database-server.ts';

describeServer('MariaDB', 'mysql', hasMariadb, startMariadb);
