/** The demo's service, which also says where it is: the embedded cloud keeps that to itself. */
process.stdout.write(`backend http://127.0.0.1:${process.env['PORT']}\n`);
await import('../../demo/main.ts');
