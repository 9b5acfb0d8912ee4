/** Preloaded into the backend's process: it ends with the embedded cloud, however that ends. */
process.on('disconnect', () => process.exit());
