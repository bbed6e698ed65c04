// The same book in Actual (@actual-app/api): taken in, opened, and one transaction more. Prints one row of a table.
// node actual.mjs FOLDER-WITH-THE-PACKAGE BOOK.jsonl
import { createRequire } from 'node:module';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const [folder, book] = process.argv.slice(2);
const api = createRequire(join(folder, 'package.json'))('@actual-app/api');
const PRESSES = 50;
// What it says of its own work belongs to no table.
console.log = console.info = console.warn = () => {};

// Amounts are whole numbers of the smallest unit, there and here.
const minor = (text) => Math.round(Number(text ?? 0) * 100);
const amountOf = ({ body }) => minor(body.amount ?? body.lines?.[0]?.gross ?? body.parts?.[0]?.amount);

async function read() {
  const customers = new Map();
  for await (const line of createInterface({ input: createReadStream(book) })) {
    const entry = JSON.parse(line);
    const [customer] = entry.accounts;
    if (!customer) continue;
    const own = customers.get(customer) ?? customers.set(customer, []).get(customer);
    own.push({ date: entry.on, amount: amountOf(entry), notes: entry.id });
  }
  return customers;
}

const timed = async (work) => {
  const from = performance.now();
  const result = await work();
  return [performance.now() - from, result];
};

// Every account with its balance, as a screen of all customers needs it.
const balances = () => api.aqlQuery(api.q('transactions').groupBy('account').select(['account', { sum: { $sum: '$amount' } }]));

async function measure(data) {
  const customers = await read();
  await api.init({ dataDir: data });
  let name;
  const [imported] = await timed(() => api.runImport('book', async () => {
    for (const [customer, transactions] of customers) {
      const account = await api.createAccount({ name: customer, offbudget: true }, 0);
      await api.addTransactions(account, transactions.map((each) => ({ ...each, account })));
    }
  }));
  [{ id: name }] = await api.getBudgets();
  await api.shutdown();
  await api.init({ dataDir: data });
  const [opened] = await timed(async () => { await api.loadBudget(name); return balances(); });
  const accounts = await api.getAccounts();
  const presses = [];
  for (let press = 0; press < PRESSES; press++) {
    const { id } = accounts[(press * 7919) % accounts.length];
    const [took] = await timed(async () => {
      await api.addTransactions(id, [{ account: id, date: '2026-01-02', amount: 100 + press }]);
      return api.getAccountBalance(id);
    });
    presses.push(took);
  }
  presses.sort((one, other) => one - other);
  await api.shutdown();
  const entries = [...customers.values()].reduce((sum, own) => sum + own.length, 0);
  return [entries, imported, opened, presses[PRESSES / 2], presses[Math.floor(PRESSES * 0.95)]];
}

const data = mkdtempSync(join(tmpdir(), 'actual-'));
try {
  const [entries, imported, opened, press, slow] = await measure(data);
  const ms = (time) => time.toFixed(time < 10 ? 1 : 0);
  process.stdout.write(`| ${entries} | ${(imported / 1000).toFixed(1)} | ${ms(opened)} | ${ms(press)} | ${ms(slow)} |\n`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
