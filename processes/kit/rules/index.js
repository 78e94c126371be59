import bpmnlint from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import durations from './durations.js';
import eachAddedUser from './each-added-user.js';
import eventNames from './event-names.js';
import gatewayQuestions from './gateway-questions.js';
import noCode from './no-code.js';
import noLanes from './no-lanes.js';
import speakingIds from './speaking-ids.js';
import taskNames from './task-names.js';
import template from './template.js';
import userTaskForms from './user-task-forms.js';

/** Our own rules, by the names under which reports mention them. */
export const OURS = {
  durations,
  'each-added-user': eachAddedUser,
  'event-names': eventNames,
  'gateway-questions': gatewayQuestions,
  'no-code': noCode,
  'no-lanes': noLanes,
  'speaking-ids': speakingIds,
  'task-names': taskNames,
  template,
  'user-task-forms': userTaskForms,
};

/** How to mend what bpmnlint's rules only name; the others say it themselves. */
const MENDING = {
  'conditional-flows': 'It leaves a gateway without a condition: enter one, or make it the default flow.',
  'end-event-required': 'It has no end event: draw one.',
  'label-required': 'It has no name: double-click it and write one.',
  'no-bpmndi': 'It is in the file, but not in the drawing: undo what removed it, or ask a developer.',
  'no-complex-gateway': 'Nobody understands a complex gateway: use exclusive and parallel ones.',
  'no-disconnected': 'Nothing leads to it or from it: connect it, or remove it.',
  'no-duplicate-sequence-flows': 'There are two of the same flow: remove one.',
  'no-gateway-join-fork': 'The gateway joins and forks: use two, one after the other.',
  'no-implicit-end': 'Nothing follows it: draw a flow to an end event.',
  'no-implicit-split': 'Several flows leave it: let one lead to a gateway, and the others leave that.',
  'no-implicit-start': 'Nothing leads to it: draw a flow to it.',
  'no-inclusive-gateway': 'Inclusive gateways are hard to foresee: use exclusive and parallel ones.',
  'no-overlapping-elements': 'It lies on top of another element: move it.',
  'single-blank-start-event': 'It has several start events: keep one.',
  'start-event-required': 'It has no start event: draw one.',
  'superfluous-gateway': 'The gateway neither joins nor forks: remove it.',
  'superfluous-termination': 'It ends the process and nothing else is running: make it a plain end event.',
};

const bpmnlints = new NodeResolver();

const linter = new bpmnlint.Linter({
  config: {
    extends: 'bpmnlint:recommended',
    rules: {
      ...Object.fromEntries(Object.keys(OURS).map((rule) => [`ours/${rule}`, 'error'])),
      // A task that is reached on several ways, but on one of them at a time, needs no gateway before it.
      'fake-join': 'off',
    },
  },
  resolver: {
    resolveRule: (pkg, rule) => (pkg === 'bpmnlint-plugin-ours' ? OURS[rule] : bpmnlints.resolveRule(pkg, rule)),
    resolveConfig: (pkg, config) => bpmnlints.resolveConfig(pkg, config),
  },
});

/** What is wrong in a diagram: for each fault the rule, the id of the element and a sentence. */
export async function faults(definitions) {
  const reports = await linter.lint(definitions);
  return Object.entries(reports).flatMap(([rule, ofRule]) =>
    ofRule.map(({ id, message }) => ({ rule: rule.replace('ours/', ''), id, message: MENDING[rule] ?? (rule.startsWith('ours/') ? message : `${message}.`) })),
  );
}
