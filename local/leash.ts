/** Preloaded into every process that the embedded cloud forks: it ends with the cloud, however that ends. */
process.on('disconnect', () => process.exit());
// A cloud killed while this process was still loading has gone unheard: the event comes once.
if (!process.connected) process.exit();
