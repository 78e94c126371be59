import { idOf } from './elements.js';

const PERIOD = /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/;

/** A duration that cannot be read would be noticed only when a request comes to it. */
export default () => ({
  check(node, reporter) {
    const duration = node.timeDuration?.body?.trim();
    if (node.$instanceOf('bpmn:TimerEventDefinition') && duration && !duration.startsWith('${') && !PERIOD.test(duration)) {
      reporter.report(idOf(node), `Nobody can read "${duration}" as a duration: write days as P90D, hours as PT12H.`);
    }
  },
});
