import { extensions } from './elements.js';
import { templates } from '../models.js';

const TEMPLATES = templates().map(({ template }) => template);

/** A task does what one of our templates says, whether it was chosen in the Modeler or not. */
export default () => ({
  check(node, reporter) {
    const calls = node.get?.('camunda:delegateExpression');
    const template = templateOf(node, calls);
    if (template) {
      template.properties
        .filter((property) => !fits(valueOf(node, property.binding), property))
        .forEach((property) => reporter.report(node.id, sentence(template, property, valueOf(node, property.binding))));
    } else if (calls || node.get?.('camunda:modelerTemplate')) {
      reporter.report(node.id, `There is no template for ${calls ?? node.get('camunda:modelerTemplate')}: choose one under "Template", or ask a developer for one.`);
    } else if (node.$instanceOf('bpmn:ServiceTask') || node.$instanceOf('bpmn:SendTask')) {
      reporter.report(node.id, 'It would do nothing: choose what it does under "Template".');
    }
  },
});

/** The one that was chosen, or the first that calls the same code and fits. */
function templateOf(node, calls) {
  const chosen = node.get?.('camunda:modelerTemplate');
  if (chosen) {
    return TEMPLATES.find(({ id }) => id === chosen);
  }
  const possible = calls ? TEMPLATES.filter((template) => template.appliesTo.includes(node.$type) && delegateOf(template) === calls) : [];
  return possible.find((template) => template.properties.every((each) => fits(valueOf(node, each.binding), each))) ?? possible[0];
}

const delegateOf = (template) => template.properties.find(({ binding }) => binding.name === 'camunda:delegateExpression')?.value;

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
    return `Its ${binding.name} is ${is} and not "${value}", as the template "${template.name}" says: unlink the template and choose it again.`;
  }
  const expected = choices ? 'choose one of the list' : `enter ${constraints.pattern.message}`;
  return `"${label}" of the template "${template.name}" is ${is}: ${expected}.`;
}
