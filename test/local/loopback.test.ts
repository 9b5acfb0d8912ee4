import { expect } from 'chai';
import { createServer, get, type Server } from 'node:http';
import { close, freePortPair, isForeign, listen, PortTaken } from '../../local/loopback.ts';

describe('listening for this machine alone', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await close(server);
  });
  const serve = async (port: number): Promise<number> => {
    const server = createServer((request, response) => response.end(String(isForeign(request))));
    const taken = await listen(server, port);
    servers.push(server);
    return taken;
  };

  it('says which port is taken', async () => {
    const port = await serve(0);
    const error: unknown = await serve(port).catch((failure: unknown) => failure);
    expect(error).to.be.instanceOf(PortTaken).with.property('message', `port ${port} is taken`);
  });

  it('finds two neighbours that are free, and that no connection takes before they are used', async () => {
    const port = await freePortPair();
    expect(port, 'the first that Linux gives to connections is 32768').to.be.lessThan(32_767);
    expect(await serve(port)).to.equal(port);
    expect(await serve(port + 1)).to.equal(port + 1);
  });

  for (const [headers, foreign] of [
    [{}, false],
    [{ host: 'localhost:1' }, false],
    [{ host: '[::1]:1' }, false],
    [{ host: 'rebound.example:1' }, true],
    [{ host: '127.0.0.1.example' }, true],
    [{ origin: 'http://localhost:3000' }, false],
    [{ origin: 'https://page.example' }, true],
    [{ origin: 'null' }, true],
  ] as const) {
    it(`takes a request with ${JSON.stringify(headers)} for ${foreign ? "another's" : 'its own'}`, async () => {
      const port = await serve(0);
      const answer = await new Promise<string>((resolve, reject) => {
        get({ port, host: '127.0.0.1', headers, agent: false }, (response) => {
          response.setEncoding('utf8').once('data', resolve);
        }).once('error', reject);
      });
      expect(answer).to.equal(String(foreign));
    });
  }
});
