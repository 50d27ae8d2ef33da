// What the terminal keeps on the phone beside the queue: rows taken along for times without a connection, and drafts.
// One IndexedDB, through idb: kept {key, at, bytes, rows} and drafts {key, …}; sealed by the phone's vault (shell/vault.js).
const NAME = "wanmi-field";
let opened = null;

function base() {
  opened ??= self.idb.openDB(NAME, 1, {
    upgrade(db) { for (const store of ["kept", "drafts"]) db.createObjectStore(store, { keyPath: "key" }); },
    blocking() { opened?.then((db) => db.close()); opened = null; },
    terminated() { opened = null; },
  });
  return opened;
}

export async function get(store, key) {
  return self.wanmiVault.open(await (await base()).get(store, key));
}

/** Write a row; it is on disc when this resolves. */
export async function put(store, row) {
  const sealed = await self.wanmiVault.seal(row);
  const change = (await base()).transaction(store, "readwrite", { durability: "strict" });
  change.store.put(sealed);
  await change.done;
}

export async function drop(store, key) {
  await (await base()).delete(store, key);
}

export async function all(store) {
  return Promise.all((await (await base()).getAll(store)).map(self.wanmiVault.open));
}

/** Take everything off this phone. */
export async function erase() {
  (await opened)?.close();
  opened = null;
  await self.idb.deleteDB(NAME);
}
