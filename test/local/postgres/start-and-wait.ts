/** Starts a server, says where, and stays until it is killed. */
import { startPostgres } from '../../../local/postgres/server.ts';

const { host, port, password } = await startPostgres();
process.send?.({ host, port, password });
