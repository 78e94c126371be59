import { validate } from '@bpmn-io/element-templates-validator';
import { contentsOf, files, nameOf, readDecisions, readProcess, templates } from './models.js';
import { misnamed } from './names.js';
import { faults } from './rules/index.js';

// One line for each fault in processes/: the file, the element, and a sentence that says how to mend it.
let found = 0;

function say(file, id, message) {
  found++;
  console.error(`${file}${id ? `, ${id}` : ''}: ${message}`);
}

for (const file of files('.bpmn')) {
  await reading(file, readProcess, async (definitions) => {
    definitions.rootElements
      .filter((element) => element.$type === 'bpmn:Process')
      .forEach(({ id }) => sayMisnamed(file, 'process', id));
    (await faults(definitions)).forEach(({ id, message }) => say(file, id, message));
  });
}
for (const file of files('.dmn')) {
  await reading(file, readDecisions, ({ drgElement = [] }) => {
    const decisions = drgElement.filter(({ $type }) => $type === 'dmn:Decision').map(({ id }) => id);
    if (!decisions.includes(nameOf(file))) {
      sayMisnamed(file, 'decision', decisions[0]);
    }
  });
}
for (const file of files('.form')) {
  await reading(file, JSON.parse, ({ id }) => sayMisnamed(file, 'form', id));
}
for (const { file, template } of templates()) {
  const { errors } = validate(template);
  (errors ?? []).forEach(({ message }) => say(`.camunda/element-templates/${file}`, undefined, message));
}
if (found === 0) {
  console.log(`No faults in ${files('.bpmn', '.dmn', '.form').join(', ')} and the templates.`);
} else {
  process.exitCode = 1;
}

async function reading(file, read, then) {
  try {
    await then(await read(contentsOf(file)));
  } catch (e) {
    say(file, undefined, `The file cannot be read (${e.message.replace(/\s+/g, ' ')}): undo the last change.`);
  }
}

function sayMisnamed(file, kind, id) {
  const message = misnamed(file, kind, id);
  if (message) {
    say(file, id, message);
  }
}
