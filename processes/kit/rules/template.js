import { extensions } from './elements.js';
import { templates } from '../models.js';

const TEMPLATES = templates().map(({ template }) => template);
const IDENTIFYING = ['camunda:delegateExpression', 'camunda:formRef'];

/** A task does what one of our templates says, whether it was chosen in the Modeler or not. */
export default () => ({
  check(node, reporter) {
    const template = templateOf(node);
    const named = node.get?.('camunda:modelerTemplate') ?? node.get?.('camunda:delegateExpression');
    if (template) {
      template.properties
        .filter((property) => !fits(valueOf(node, property.binding), property))
        .forEach((property) => reporter.report(node.id, sentence(template, property, valueOf(node, property.binding))));
    } else if (named) {
      reporter.report(node.id, `There is no template ${named}: choose one under "Template", or ask a developer for one.`);
    } else if (node.$instanceOf('bpmn:ServiceTask') || node.$instanceOf('bpmn:SendTask')) {
      reporter.report(node.id, 'It would do nothing: choose what it does under "Template".');
    }
  },
});

/** The one that was chosen, or one that calls the same code or shows the same form. */
function templateOf(node) {
  const chosen = node.get?.('camunda:modelerTemplate');
  if (chosen) {
    return TEMPLATES.find(({ id }) => id === chosen);
  }
  const has = (property) => fits(valueOf(node, property.binding), property);
  const possible = TEMPLATES.filter(({ appliesTo }) => appliesTo.includes(node.$type)).filter(({ properties }) =>
    properties.some((property) => IDENTIFYING.includes(property.binding.name) && has(property)),
  );
  return possible.find(({ properties }) => properties.every(has)) ?? possible[0];
}

function valueOf(node, { type, name }) {
  switch (type) {
    case 'property':
      return node.get(name);
    case 'camunda:inputParameter':
      return extensions(node, 'camunda:InputParameter').find((input) => input.name === name)?.value;
    case 'camunda:property':
      return extensions(node, 'camunda:Property').find((property) => property.name === name)?.value;
    default:
      throw new Error(`${name} is bound as ${type}, which this rule does not know`);
  }
}

function fits(value, { type, value: hidden, choices, constraints = {} }) {
  if (type === 'Hidden') {
    return value === hidden;
  }
  const text = value ?? '';
  return (
    (!choices || choices.some((choice) => choice.value === text) || (text === '' && !constraints.notEmpty)) &&
    (!constraints.notEmpty || text !== '') &&
    (!constraints.pattern || new RegExp(constraints.pattern.value).test(text))
  );
}

function sentence(template, { type, label, value, choices, constraints, binding }, found) {
  const is = found === undefined || found === '' ? 'empty' : `"${found}"`;
  if (type === 'Hidden') {
    return `Its ${inWords(binding.name)} is ${is} and not "${value}", as the template "${template.name}" says: choose that again under "Template".`;
  }
  const expected = choices ? 'choose one of the list' : `enter ${lowercased(constraints.pattern.message)}`;
  return `"${label}" of the template "${template.name}" is ${is}: ${expected}.`;
}

/** "camunda:candidateGroups" as the Modeler calls it. */
const inWords = (name) => name.replace('camunda:', '').replace('Ref', '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const lowercased = (text) => text[0].toLowerCase() + text.slice(1);
