// Sends personal mails through nodemailer's pool, never more at once than keep its connections busy.
import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';

const [port, connections, messages] = process.argv.slice(2, 5).map(Number);
const letter = JSON.parse(readFileSync(process.argv[5], 'utf8'));
const pool = nodemailer.createTransport({
  host: '127.0.0.1',
  port,
  pool: true,
  maxConnections: connections,
  maxMessages: Infinity,
  ignoreTLS: true,
});

const personal = (text, number) => text.replaceAll('{name}', `Customer ${number}`);
let next = 0;

async function worker() {
  while (next < messages) {
    const number = ++next;
    await pool.sendMail({
      from: '"send" <shop@regulars.example>',
      to: `c${number}@example.com`,
      subject: personal(letter.subject, number),
      text: personal(letter.text, number),
      html: personal(letter.html, number),
      messageId: `<n${number}@regulars.example>`,
      list: { unsubscribe: { url: `https://shop.example/unsubscribe/t${number}`, comment: '' } },
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' },
    });
  }
}

const began = process.hrtime.bigint();
await Promise.all(Array.from({ length: connections * 2 }, worker));
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
pool.close();
console.log(messages / seconds);
