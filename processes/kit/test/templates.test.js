import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { templates } from '../models.js';

const MAIN = new URL('../../../src/main/', import.meta.url);
const PACKAGES = ['request', 'security', 'support'].map((name) => new URL(`java/org/smartaccounts/${name}/`, MAIN));
const EMAILS = new URL('resources/templates/email/', MAIN);

const properties = templates().flatMap(({ template }) => template.properties);
const valuesOf = (name) => properties.filter(({ binding }) => binding.name === name);

test('there is a template for everything that the application can do', () => {
  const delegates = PACKAGES.flatMap((folder) => readdirSync(folder))
    .filter((file) => file.endsWith('Delegate.java'))
    .map((file) => `\${${file[0].toLowerCase()}${file.slice(1, -'.java'.length)}}`);
  const called = valuesOf('camunda:delegateExpression').map(({ value }) => value);
  assert.deepEqual(delegates.filter((delegate) => !called.includes(delegate)), []);
});

test('every email of the application can be chosen', () => {
  const emails = readdirSync(EMAILS)
    .filter((file) => file.endsWith('.html') && existsSync(new URL(file.replace('.html', '.txt'), EMAILS)))
    .map((file) => file.replace('.html', ''));
  const offered = valuesOf('emailTemplate').flatMap(({ choices }) => choices.map(({ value }) => value));
  assert.deepEqual(emails.filter((email) => !offered.includes(email)), []);
});

test('every template is in the file of its name', () => {
  assert.deepEqual(templates().filter(({ file, template }) => template.id !== `org.smartaccounts.${file.replace('.json', '')}`), []);
});
