import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openBrowser } from '../pictures/browser.js';
import { drawDecisions } from '../pictures/decisions.js';
import { drawProcess } from '../pictures/process.js';

const sample = (file) => readFileSync(new URL(`samples/${file}`, import.meta.url));
let browser;

before(async () => {
  browser = await openBrowser();
});

after(() => browser.close());

test('the picture of a process shows every element under its id, and is the same each time', async () => {
  const picture = await drawProcess(browser, sample('sampleRequest.bpmn'));
  for (const id of ['Activity_reviewRequest', 'Event_reviewAbandoned', 'Gateway_reviewDecision', 'Flow_submit']) {
    assert.ok(picture.includes(`data-element-id="${id}"`), id);
  }
  assert.equal(await drawProcess(browser, sample('sampleRequest.bpmn')), picture);
});

test('the picture of a decision is plain text in rectangles, in lines that fit', async () => {
  const picture = await drawDecisions(browser, sample('sampleRules.dmn'));
  assert.doesNotMatch(picture, /foreignObject/);
  assert.match(picture, /data-element-id="Rule_freeMail"/);
  assert.match(picture, />&gt;= 50<\/text>/);
  assert.match(picture, />Nobody can sign for a company at a/);
  const lines = [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  assert.ok(lines.every((line) => line.length < 60), lines.join('\n'));
  assert.equal(await drawDecisions(browser, sample('sampleRules.dmn')), picture);
});
