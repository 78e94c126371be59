/** Who does a task stands in its template; lanes would say it a second time. */
export default () => ({
  check(node, reporter) {
    if (node.$instanceOf('bpmn:LaneSet') || node.$instanceOf('bpmn:Participant')) {
      reporter.report(node.id, 'It is a pool or a lane: remove it, and let the template of each task say who does it.');
    }
  },
});
