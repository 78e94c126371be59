const PREFIXES = {
  'bpmn:Activity': 'Activity',
  'bpmn:Event': 'Event',
  'bpmn:Gateway': 'Gateway',
  'bpmn:SequenceFlow': 'Flow',
  'bpmn:Message': 'Message',
  'bpmn:Error': 'Error',
  'bpmn:Escalation': 'Escalation',
  'bpmn:Signal': 'Signal',
};

/** Ids stand in the code, in the tests and in running requests, and never change once released. */
export default () => ({
  check(node, reporter) {
    const type = Object.keys(PREFIXES).find((each) => node.$instanceOf(each));
    if (type && !new RegExp(`^${PREFIXES[type]}_[a-z][A-Za-z]+$`).test(node.id)) {
      reporter.report(node.id, `Its id does not speak: change it to ${PREFIXES[type]}_ and what it is, in letters only, such as ${PREFIXES[type]}_${example(type)}.`);
    }
  },
});

function example(type) {
  return { 'bpmn:Activity': 'reviewRequest', 'bpmn:Gateway': 'reviewDecision', 'bpmn:SequenceFlow': 'submit' }[type] ?? 'requestWithdrawn';
}
