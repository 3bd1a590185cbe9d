// Loaded before a program of the READMEs: what it asks of a public host over HTTPS, a server on this
// machine answers, and an address without a host is one of the page's, as in a browser.
// STAND_INS has the ports by host, PAGE_URL the page's address. EXAMPLE_GROUP is whose pages a server of the
// application shows, which it is told by a header.
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';

const ports = new Map(Object.entries(JSON.parse(process.env.STAND_INS ?? '{}')));

tls.connect = ({ host, servername }) => {
  const port = ports.get(servername ?? host) ?? ports.get(host);
  if (port === undefined)
    throw new Error(
      `Nothing stands in for ${servername ?? host}. Add it to scripts/readme/services.ts.`,
    );
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.once('connect', () => socket.emit('secureConnect'));
  return socket;
};

const fetchAbsolute = globalThis.fetch;
globalThis.fetch = (input, init) =>
  fetchAbsolute(
    typeof input === 'string' && input.startsWith('/')
      ? new URL(input, process.env.PAGE_URL)
      : input,
    init,
  );

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, request, ...rest) {
  if (event === 'request' && process.env.EXAMPLE_GROUP !== undefined)
    request.headers['x-example'] = process.env.EXAMPLE_GROUP;
  return emit.call(this, event, request, ...rest);
};
