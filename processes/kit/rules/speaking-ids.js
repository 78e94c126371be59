const KINDS = [
  ['bpmn:Activity', 'Activity', 'reviewRequest'],
  ['bpmn:Event', 'Event', 'requestWithdrawn'],
  ['bpmn:Gateway', 'Gateway', 'reviewDecision'],
  ['bpmn:SequenceFlow', 'Flow', 'withdraw'],
  ['bpmn:Message', 'Message', 'cancelRequest'],
  ['bpmn:Error', 'Error', 'addressRefused'],
  ['bpmn:Escalation', 'Escalation', 'approvalOverdue'],
  ['bpmn:Signal', 'Signal', 'rulesChanged'],
];

/** Ids stand in the code, in the tests and in running requests, and never change once released. */
export default () => ({
  check(node, reporter) {
    const [, prefix, example] = KINDS.find(([type]) => node.$instanceOf(type)) ?? [];
    if (prefix && !new RegExp(`^${prefix}_[a-z][A-Za-z]+$`).test(node.id)) {
      reporter.report(node.id, `Its id does not speak: change it to ${prefix}_ and what it is, in letters only, such as ${prefix}_${example}.`);
    }
  },
});
