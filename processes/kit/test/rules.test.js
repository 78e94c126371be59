import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readProcess } from '../models.js';
import { misnamed } from '../names.js';
import { OURS, faults } from '../rules/index.js';

const GOOD = readFileSync(new URL('samples/sampleRequest.bpmn', import.meta.url), 'utf8');

/** One mistake each: the rule that notices it, the element that it names, what is replaced by what, and a word of the sentence. */
const MISTAKES = [
  ['speaking-ids', 'Activity_0x1y2z3', ['Activity_checkRequest', 'Activity_0x1y2z3'], 'does not speak'],
  ['speaking-ids', 'Task_checkRequest', ['Activity_checkRequest', 'Task_checkRequest'], 'Activity_reviewRequest'],
  ['speaking-ids', 'Flow_1abcdef', ['Flow_submit', 'Flow_1abcdef'], 'Flow_'],
  ['task-names', 'Activity_checkRequest', ['"Check request"', '"Check Request"'], 'small letters'],
  ['task-names', 'Activity_checkRequest', ['"Check request"', '"Checking"'], 'verb'],
  ['event-names', 'Event_requestWithdrawn', ['"Request withdrawn"', '"Send withdrawal"'], 'what has happened'],
  ['event-names', 'Event_requestWithdrawn', ['"Request withdrawn"', '"End"'], 'what has happened'],
  ['event-names', 'Event_requestWithdrawn', ['"Request withdrawn"', '"request withdrawn"'], 'capital'],
  ['gateway-questions', 'Gateway_reviewDecision', ['the requester decide?', 'the requester decide'], 'no question'],
  ['gateway-questions', 'Flow_submit', ['name="submit" ', ''], 'no answer'],
  ['no-lanes', 'LaneSet_departments', [/(isExecutable="true">)/, '$1<bpmn:laneSet id="LaneSet_departments"><bpmn:lane id="Lane_sales" /></bpmn:laneSet>'], 'lane'],
  ['no-code', 'Flow_submit', ['xsi:type="bpmn:tFormalExpression">${r', 'xsi:type="bpmn:tFormalExpression" language="javascript">${r'], 'a script'],
  ['no-code', 'Activity_checkRequest', [/(name="Check request" )/, '$1camunda:class="org.example.Check" '], 'a Java class'],
  ['no-code', 'Activity_checkRequest', [/(name="Check request" )/, '$1camunda:expression="${check.now()}" '], 'an expression'],
  ['no-code', 'Activity_sendRequestReceipt', ['>requestReceipt<', '><camunda:script scriptFormat="javascript">"requestReceipt"</camunda:script><'], 'a script'],
  ['no-code', 'Activity_sendRequestReceipt', [/<camunda:inputOutput>/, '<camunda:field name="text" stringValue="Hello" /><camunda:inputOutput>'], 'field injection'],
  ['no-code', 'Activity_sendRequestReceipt', [/<camunda:inputOutput>/, '<camunda:executionListener class="org.example.Listener" event="start" /><camunda:inputOutput>'], 'a Java class'],
  ['user-task-forms', 'Activity_reviewRequest', ['camunda:formRef="reviewRequest" ', ''], 'no form'],
  ['user-task-forms', 'Activity_reviewRequest', ['camunda:formRef="reviewRequest"', 'camunda:formRef="reviewRequests"'], 'reviewRequests.form'],
  ['user-task-forms', 'Activity_reviewRequest', [/formRef="reviewRequest" camunda:formRefBinding="latest"/, 'formRef="reviewRequest" camunda:formRefBinding="deployment"'], 'latest'],
  ['durations', 'Event_reviewAbandoned', ['P30D', 'PT30D'], 'P90D'],
  ['durations', 'Event_reviewAbandoned', ['P30D', '30 days'], 'P90D'],
  ['template', 'Activity_reviewRequest', ['assignee="${requester}"', 'assignee="paula"'], 'assignee'],
  ['template', 'Activity_reviewRequest', [/camunda:modelerTemplate="org.smartaccounts.reviewRequest"(.*)assignee="\$\{requester}"/, '$1assignee="paula"'], 'assignee'],
  ['template', 'Activity_sendRequestReceipt', ['camunda:asyncBefore="true" camunda:delegate', 'camunda:delegate'], 'async before'],
  ['template', 'Activity_sendRequestReceipt', ['>requestReceipt<', '>requestReceit<'], 'one of the list'],
  ['template', 'Activity_sendRequestReceipt', ['>requester<', '><'], 'one of the list'],
  ['template', 'Event_reviewAbandoned', ['"Event_untouched"', '"formerly: untouched"'], 'separated by commas'],
  ['template', 'Event_reviewAbandoned', ['"true" />', '"sometimes" />'], 'one of the list'],
  ['template', 'Activity_checkRequest', ['${checkRequestDelegate}', '${checkRequestsDelegate}'], 'no template ${checkRequestsDelegate}'],
  ['template', 'Activity_checkRequest', ['camunda:delegateExpression="${checkRequestDelegate}"', ''], 'do nothing'],
  ['each-added-user', 'Activity_sendWelcome', ['<bpmn:multiInstanceLoopCharacteristics camunda:asyncBefore="true"', '<bpmn:multiInstanceLoopCharacteristics'], 'Asynchronous before'],
  ['conditional-flows', 'Flow_withdraw', [' default="Flow_withdraw"', ''], 'default flow'],
  ['label-required', 'Activity_checkRequest', ['name="Check request" ', ''], 'no name'],
];

test('a good diagram has no faults', async () => {
  assert.deepEqual(await faults(await readProcess(GOOD)), []);
});

for (const [rule, id, [good, bad], word] of MISTAKES) {
  test(`${rule}: ${id} with ${bad || `no ${good}`}`, async () => {
    const diagram = typeof good === 'string' ? GOOD.replaceAll(good, () => bad) : GOOD.replace(good, bad);
    assert.notEqual(diagram, GOOD);
    const found = (await faults(await readProcess(diagram))).filter((fault) => fault.rule === rule);
    assert.deepEqual(found.map((fault) => fault.id), [id]);
    assert.ok(found[0].message.includes(word), found[0].message);
  });
}

test('every rule of ours has a mistake that it notices', () => {
  const noticed = new Set(MISTAKES.map(([rule]) => rule));
  assert.deepEqual(Object.keys(OURS).filter((rule) => !noticed.has(rule)), []);
});

test('a process, a decision and a form are called as their files, in camelCase', () => {
  assert.equal(misnamed('accountRules.dmn', 'decision', 'accountRules'), undefined);
  assert.match(misnamed('accountRules.dmn', 'decision', 'Decision_1a2b3c4'), /change its id to accountRules/);
  assert.match(misnamed('Account rules.dmn', 'decision', 'accountRules'), /camelCase/);
  assert.match(misnamed('reviewRequest.form', 'form', undefined), /change its id to reviewRequest/);
});
