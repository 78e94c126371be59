import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { openBrowser } from './pictures/browser.js';
import { drawDecisions } from './pictures/decisions.js';
import { drawProcess } from './pictures/process.js';
import { contentsOf, files, nameOf, PROCESSES } from './models.js';

// Makes a picture of every process and decision, or, with --check, says which are missing or outdated. That of a process lies beside it and
// goes out with it: the application shows on it where a request stands.
const ROOT = new URL('../../', import.meta.url);
const DOCS = new URL('src/docs/', ROOT);
const models = files('.bpmn', '.dmn');
const pictureOf = (model) => new URL(`${nameOf(model)}.svg`, model.endsWith('.bpmn') ? PROCESSES : DOCS);
const pathOf = (picture) => picture.pathname.slice(ROOT.pathname.length);

/** The line in a picture that tells which model it was made from, to the byte. */
const origin = (model) => `<!-- made from ${model}, sha256 ${createHash('sha256').update(contentsOf(model)).digest('hex')} -->`;

if (process.argv.includes('--check')) {
  const outdated = models.filter((model) => !existsSync(pictureOf(model)) || !readFileSync(pictureOf(model), 'utf8').includes(origin(model)));
  outdated.forEach((model) => console.error(`${pathOf(pictureOf(model))} is missing or shows an older ${model}: run "npm run pictures" in processes/kit.`));
  process.exitCode = outdated.length > 0 ? 1 : 0;
} else {
  const browser = await openBrowser();
  try {
    for (const model of models) {
      const draw = model.endsWith('.bpmn') ? drawProcess : drawDecisions;
      const svg = await draw(browser, contentsOf(model));
      writeFileSync(pictureOf(model), `${svg.replace('\n', `\n${origin(model)}\n`)}\n`);
    }
  } finally {
    await browser.close();
  }
}
