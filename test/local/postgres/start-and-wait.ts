/** Starts a server, says where, and stays until it is killed. */
import { startPostgres } from '../../../local/postgres/server.ts';

const { port } = await startPostgres();
process.send?.({ port });
