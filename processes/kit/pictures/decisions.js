import { readDecisions } from '../models.js';
import { svgOf } from './table.js';

const HIT_POLICIES = {
  UNIQUE: 'one row matches',
  FIRST: 'the first row that matches counts',
  ANY: 'rows that match agree',
  COLLECT: 'every row that matches counts',
  'RULE ORDER': 'every row that matches counts, in this order',
};

/** The tables of a file as SVG, one below the other; every row keeps its id as data-element-id. */
export async function drawDecisions(browser, xml) {
  const { drgElement = [] } = await readDecisions(xml);
  const page = await browser.newPage();
  try {
    return await svgOf(page, drgElement.filter(({ decisionLogic }) => decisionLogic?.$type === 'dmn:DecisionTable').map(tableOf));
  } finally {
    await page.close();
  }
}

/** What people read of a decision: its columns and its rows, as texts. */
function tableOf({ id, name, decisionLogic: { input = [], output = [], rule = [], hitPolicy = 'UNIQUE', aggregation } }) {
  const annotated = rule.some(({ description }) => description);
  return {
    title: `${name ?? id}: ${HIT_POLICIES[hitPolicy] ?? hitPolicy}${aggregation ? ` (${aggregation})` : ''}`,
    columns: [
      { kind: 'number', text: '' },
      ...input.map((each) => ({ kind: 'input', text: each.label ?? each.inputExpression?.text ?? '' })),
      ...output.map((each) => ({ kind: 'output', text: each.label ?? each.name ?? '' })),
      ...(annotated ? [{ kind: 'annotation', text: 'Why' }] : []),
    ],
    rows: rule.map((each, index) => ({
      id: each.id,
      cells: [
        `${index + 1}`,
        ...[...(each.inputEntry ?? []), ...(each.outputEntry ?? [])].map(({ text }) => text || '–'),
        ...(annotated ? [each.description ?? ''] : []),
      ],
    })),
  };
}
