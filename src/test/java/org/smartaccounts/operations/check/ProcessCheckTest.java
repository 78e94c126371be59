package org.smartaccounts.operations.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.smartaccounts.language.Languages;
import org.smartaccounts.process.DiagramVocabulary;
import org.smartaccounts.request.ProcessElements;
import org.smartaccounts.support.ApplicationTest;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever somebody breaks in a folder of processes is said in a sentence that helps. The folder is one of its own, so that analysts may change
 * the real one as they like.
 */
class ProcessCheckTest extends ApplicationTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "checked");

    private static final String RULES = ProcessElements.ACCOUNT_RULES + ".dmn";
    private static final String DIAGRAM = ProcessElements.PROCESS + ".bpmn";

    @Autowired
    ProcessCheck check;

    @Autowired
    ReleaseCheck releases;

    @Autowired
    Languages languages;

    @Autowired
    DiagramVocabulary vocabulary;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    RepositoryService repository;

    @Autowired
    FormService forms;

    /** The change, and what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ">P90D<|>P60D<|1.6.1|smartAccountRequest.bpmn, smartAccountRequest: the diagram has changed since version 1.6.1 was released; raise its version tag, which is 1.6.1, to 1.7.0.",
                ">P90D<|>P60D<|1.1.9|smartAccountRequest.bpmn, smartAccountRequest: the diagram has changed since version 1.6.1 was released; raise its version tag, which is 1.1.9, to 1.7.0.",
                ">P90D<|>P60D<|1.7.0|``",
            })
    void aChangedDiagramHasANewVersion(String right, String wrong, String tag, String sentence) throws IOException {
        Map<String, String> files = changed("\"1.6.1\"", "\"%s\"".formatted(tag));
        files.replaceAll((name, content) -> content.replace(right, wrong));

        assertThat(String.join("\n", releases.notRaised(files, List.of(released("1.6.1")))))
                .isEqualTo(sentence);
    }

    @Test
    void howLinesAreBrokenIsNoChange() throws IOException {
        Map<String, String> files = changed("\n", "\r\n");

        assertThat(releases.notRaised(files, List.of(released("1.6.1")))).isEmpty();
    }

    @Test
    void whereRequestsWaitThereIsAPlaceForThemInTheNextVersion() throws IOException {
        List<ReleasedDiagram> released = List.of(released("1.6.1"));
        Map<String, String> gone = changed("Event_correctionReminderDue\"", "Event_timeToRemind\"");
        Map<String, String> renamed = changed(
                gone, "value=\"Event_correctionDue\"", "value=\"Event_correctionDue, Event_correctionReminderDue\"");
        Map<String, String> newMajor = changed(gone, "\"1.6.1\"", "\"2.0.0\"");

        assertThat(releases.notKept(gone, released))
                .containsExactly(
                        "smartAccountRequest.bpmn, Event_correctionReminderDue: requests of version 1.6.1 may wait at this timer boundary event, but it is gone; bring the id back, write it into the property formerIds of the element that takes its place, or raise the version tag to 2.0.0.");
        assertThat(check.mistakesIn(renamed)).isEmpty();
        assertThat(releases.notKept(renamed, released)).isEmpty();
        assertThat(releases.notKept(newMajor, released)).isEmpty();
        assertThat(releases.notKept(
                        gone,
                        List.of(
                                released.get(0),
                                new ReleasedDiagram(
                                        "", "", released.get(0).content().replace("\"1.6.1\"", "\"1.4.9\"")))))
                .singleElement()
                .asString()
                .contains("requests of version 1.6.1, 1.4.9 may wait");
    }

    @Test
    void whatAReleasedDiagramNamesIsStillThereWhateverItsVersion() throws IOException {
        Map<String, String> older = changed("${countResendDelegate}", "${resendDelegate}");
        older.replaceAll((name, content) -> content.replace("\"1.6.1\"", "\"0.9.0\"")
                .replace("${customerEmail}", "${oldVariable}")
                .replace("timeToDecide.hasBegun(execution)", "timeToDecide.isOver(execution)")
                .replace(">requestReceipt<", ">oldReceipt<")
                .replace("formRef=\"reviewRequest\"", "formRef=\"oldForm\"")
                .replace("\"cancelRequest\"", "\"oldMessage\"")
                .replace("errorCode=\"addressRefused\"", "errorCode=\"oldError\""));
        ReleasedDiagram released = ReleasedDiagram.of(String.valueOf(older.get(DIAGRAM)));

        assertThat(releases.notKept(files(), List.of(released)))
                .contains(
                        "smartAccountRequest of version 0.9.0, Activity_countResend: requests may still come there, but resendDelegate is not there any more; ask a developer to bring it back.")
                .extracting(sentence -> sentence.replaceFirst(".*, but (.*) is not there.*", "$1"))
                .contains(
                        "resendDelegate",
                        "oldVariable",
                        "timeToDecide.isOver(execution)",
                        "the email oldReceipt",
                        "the form oldForm.form",
                        "somebody who sends the message oldMessage",
                        "somebody who throws the error oldError");
    }

    @Test
    void whatIsMadeFromATemplateIsWhatTheTemplateHides() throws IOException {
        Map<String, String> files = changed(
                "name=\"Send request receipt\" camunda:modelerTemplate=\"org.smartaccounts.sendEmail\"",
                "name=\"Send request receipt\" camunda:modelerTemplate=\"test.email\"");
        files.put("testEmail.json", """
                {"id": "test.email", "name": "Test email", "properties": [
                  {"type": "Hidden", "value": true, "binding": {"type": "property", "name": "camunda:asyncBefore"}},
                  {"type": "Hidden", "value": "${countResendDelegate}",
                   "binding": {"type": "property", "name": "camunda:delegateExpression"}},
                  {"type": "Dropdown", "choices": [{"name": "The approver", "value": "approver"}],
                   "binding": {"type": "camunda:inputParameter", "name": "emailRecipient"}}]}""");
        String where = "smartAccountRequest.bpmn, Activity_sendRequestReceipt: ";

        assertThat(check.mistakesIn(files))
                .containsExactly(
                        where
                                + "camunda:delegateExpression is '${sendEmailDelegate}', which the template \"Test email\" does not allow; choose the template again.",
                        where
                                + "emailRecipient is 'requester', which the template \"Test email\" does not allow; choose the template again.");
    }

    @Test
    void decisionsAndTheirListsAreCheckedToo() throws IOException {
        Map<String, String> files = files();
        files.put("accountRules.dmn", """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="Definitions_rules" name="Rules"
                    namespace="http://smartaccounts.org/processes">
                  <decision id="rules" name="Rules"><decisionTable id="Table_rules">
                    <input id="Input_domain" label="Domain"><inputExpression id="Expression_domain" typeRef="string">
                      <text>accountDomain</text></inputExpression></input>
                    <output id="Output_outcome" name="outcome" typeRef="string" />
                    <rule id="Rule_freeMail">
                      <inputEntry id="Entry_freeMail"><text>gmail.com</text></inputEntry>
                      <outputEntry id="Outcome_freeMail"><text>"problem"</text></outputEntry></rule>
                  </decisionTable></decision>
                </definitions>""");
        files.put("freeMailDomains.txt", "gmail.com # Google\n\nhttp://web.de\n");
        files.put("sharedMailboxes.txt", "info\nit@\ninfo@example.com\n");
        files.put("blockedDomain.txt", "");
        files.remove("blockedDomains.txt");

        assertThat(check.mistakesIn(files))
                .containsExactlyInAnyOrder(
                        "accountRules.dmn: the decision and its file have the same name; give the decision the id accountRules instead of rules.",
                        "accountRules.dmn, rules: the history time to live does not say for how many days it is remembered; write P180D for 180 days.",
                        "accountRules.dmn, Rule_freeMail: in row 1, column Domain, gmail.com has no quotes and would match nothing; write \"gmail.com\".",
                        "freeMailDomains.txt, line 3: 'http://web.de' is no domain; write one a line, such as gmail.com.",
                        "sharedMailboxes.txt, line 3: 'info@example.com' is no mailbox; write what stands before the @, such as info.",
                        "blockedDomain.txt: nobody reads this list; did you mean blockedDomains.txt?",
                        "blockedDomains.txt: the list is missing; if it has no entries, keep an empty file.");
    }

    /** What is replaced in the table of rules, and what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"rule.domain.blocked\"|\"rule.domain.forbidden\"|Rule_domainBlocked: in row 1, column message, there is no text rule.domain.forbidden for rules; a developer adds texts, and for new rows there are rule.domain.notAllowed and rule.domain.needsApproval.",
                "\"rule.domain.blocked\"|\"email.reminder.subject\"|Rule_domainBlocked: in row 1, column message, there is no text email.reminder.subject for rules; a developer adds texts, and for new rows there are rule.domain.notAllowed and rule.domain.needsApproval.",
                "\"rule.domain.blocked\"|``|Rule_domainBlocked: in row 1, column message, nothing is written; write the name of a text such as \"rule.domain.notAllowed\".",
                "<text>\"approval\"<|<text>\"aproval\"<|Rule_approverOutside: in row 7, column outcome, there is no outcome aproval; did you mean approval?",
                "<text>\"approval\"<|<text>approval<|Rule_approverOutside: in row 7, column outcome, approval has no quotes and would say nothing; write \"approval\".",
                "<text>\"approval\"<|<text>\"approval<|Rule_approverOutside: in row 7, column outcome, '\"approval' cannot be read; write one of \"approval\", \"fine\", \"problem\", \"warning\".",
                "<text>\"shared mailbox\"<|<text>\"shared mail box\"<|Rule_approverSharedMailbox: in row 9, column What kind of address?, there is no \"shared mail box\"; did you mean shared mailbox?",
                "<text>&gt;= 10000<|<text>&gt;= abc(<|Rule_openRequestsTooMany: in row 11, column Open requests of the company, '>= abc(' cannot be read; write something such as >= 10, or [5..10).",
                "<text>&gt;= 10000<|<text>&gt;= many<|Rule_openRequestsTooMany: in row 11, column Open requests of the company, '>= many' never applies; write something such as >= 10, or [5..10).",
                "<text>false<|<text>no<|Rule_approverOutsideUnjustified: in row 6, column Reason given?, 'no' never applies; write something such as true.",
                "\"RULE ORDER\"|\"COLLECT\"|accountRules: the hit policy is COLLECT; choose RULE ORDER, so that every row that fits is heard.",
                "<text>justified<|<text>reason<|Input_justified: the column Reason given? asks for reason, which the table is not told; the most similar ones are approverKind, domainKind, domainTaken, justified, openRequests.",
                "\"InputExpression_justified\" typeRef=\"boolean\"|\"InputExpression_justified\" typeRef=\"string\"|Input_justified: the column Reason given? is of the type string; choose boolean.",
                "name=\"message\"|name=\"text\"|accountRules: its outputs are outcome, text; name them outcome and message.",
            })
    void aMistakeInTheRulesIsSaidInASentenceThatHelps(String right, String wrong, String sentence) throws IOException {
        Map<String, String> files = files();
        assertThat(files.get(RULES)).contains(right);
        files.compute(RULES, (name, content) -> String.valueOf(content).replace(right, wrong));

        assertThat(check.mistakesIn(files)).containsExactly(RULES + ", " + sentence);
    }

    @Test
    void aDomainInCapitalsWouldNeverApply() throws IOException {
        Map<String, String> files = files();
        files.compute(
                RULES,
                (name, content) -> String.valueOf(content)
                        .replaceFirst(
                                "(?s)(InputEntry_domainTaken_accountDomain\">\\s*<text>)(</text>)",
                                "$1\"Acme.Example\"$2"));

        assertThat(check.mistakesIn(files))
                .containsExactly(
                        "accountRules.dmn, Rule_domainTaken: in row 4, column Account domain, \"Acme.Example\" never applies, since domains are compared in small letters; write \"acme.example\".");
    }

    @Test
    void aStepThatTheApplicationLooksForIsMissedAndNotItsFormBlamed() throws IOException {
        assertThat(check.mistakesIn(changed("Activity_activateSmartAccount", "Activity_recordDecision")))
                .containsExactly(
                        "smartAccountRequest.bpmn, Activity_activateSmartAccount: it is missing, and the application looks for it; bring it back with this id, or ask a developer what to do without it.");
    }

    @Test
    void thereIsNoRequestOfWhichTheRulesSayNothing() throws IOException {
        Map<String, String> files = files();
        files.compute(
                RULES,
                (name, content) ->
                        String.valueOf(content).replaceFirst("(?s)<rule id=\"Rule_otherwise\">.*?</rule>", ""));

        assertThat(check.mistakesIn(files))
                .containsExactly(
                        "accountRules.dmn, accountRules: the last row has a condition, so there may be requests of which the table says nothing; add a last row without any, and with the outcome \"fine\".");
    }

    @Test
    void withoutItsDiagramAndItsRulesNothingWorks() throws IOException {
        Map<String, String> files = files();
        files.keySet().removeAll(List.of(DIAGRAM, RULES));

        assertThat(check.mistakesIn(files))
                .containsExactly(
                        "smartAccountRequest.bpmn: the file is missing; bring it back.",
                        "accountRules.dmn: the file is missing; bring it back.");
    }

    @Test
    void anEmailDoesNotHaveToSayHowOftenItIsTriedButMayNotSayItOtherwise() throws IOException {
        String cycle = "<camunda:failedJobRetryTimeCycle>%s</camunda:failedJobRetryTimeCycle>";
        String ours = engine.getFailedJobRetryTimeCycle();

        assertThat(check.mistakesIn(changed(cycle.formatted(ours), ""))).isEmpty();
        assertThat(check.mistakesIn(changed(cycle.formatted(ours), cycle.formatted("R3/PT5M"))))
                .contains(
                        "smartAccountRequest.bpmn, Activity_sendRequestReceipt: an email is tried again as the mail server may need it; write the retry time cycle PT10S,PT1M,PT10M,PT1H.");
    }

    /** What a template offers, and what is said if it does not exist. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sendEmail.json|\"expiryWarning\"|\"lastWarning\"|the email lastWarning, which does not exist (missing: templates/email/lastWarning.html, templates/email/lastWarning.txt, the text email.lastWarning.subject)",
                "sendEmail.json|\"support\"|\"sales\"|the recipient sales, which does not exist",
                "withdrawRequest.json|${withdrawRequestDelegate}|${withdrawDelegate}|the delegate withdrawDelegate, which does not exist",
                "reviewRequest.json|\"reviewRequest\"|\"review\"|the form review, which does not exist",
                "approveAccountDomain.json|\"licensing-support\"|\"licensing\"|the group licensing, which does not exist",
            })
    void whatTheTemplatesOfferExists(String template, String right, String wrong, String missing) throws IOException {
        Map<String, String> files = files();
        assertThat(files.get(template)).contains(right);
        files.compute(template, (name, content) -> String.valueOf(content).replace(right, wrong));

        assertThat(check.mistakesIn(files))
                .contains("%s: the template offers %s; correct it, or ask a developer for what is meant."
                        .formatted(template, missing));
    }

    private static Map<String, String> changed(String right, String wrong) throws IOException {
        return changed(files(), right, wrong);
    }

    private static Map<String, String> changed(Map<String, String> files, String right, String wrong) {
        Map<String, String> changed = new HashMap<>(files);
        assertThat(changed.get(DIAGRAM)).contains(right);
        changed.compute(DIAGRAM, (name, content) -> String.valueOf(content).replace(right, wrong));
        return changed;
    }

    private static ReleasedDiagram released(String version) throws IOException {
        return released().stream()
                .filter(each -> each.versionTag().equals(version))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource
    void aMistakeIsSaidInASentenceThatHelps(String file, String right, String wrong, List<String> sentences)
            throws IOException {
        Map<String, String> files = files();
        assertThat(files.get(file)).contains(right);
        files.compute(file, (name, content) -> String.valueOf(content).replace(right, wrong));

        assertThat(check.mistakesIn(files)).containsExactlyElementsOf(sentences);
    }

    static Stream<Arguments> aMistakeIsSaidInASentenceThatHelps() {
        return Stream.of(
                broken(
                        "smartAccountRequest.bpmn",
                        "camunda:versionTag=\"1.6.1\"",
                        "camunda:versionTag=\"1.2\"",
                        "smartAccountRequest.bpmn, smartAccountRequest: 1.2 is no version tag; write three numbers with dots, such as 1.3.0."),
                broken(
                        "smartAccountRequest.bpmn",
                        "isExecutable=\"true\"",
                        "isExecutable=\"false\"",
                        "smartAccountRequest.bpmn, smartAccountRequest: the process cannot be executed; tick \"Executable\" in its properties."),
                broken(
                        "smartAccountRequest.bpmn",
                        " camunda:historyTimeToLive=\"P365D\"",
                        "",
                        "smartAccountRequest.bpmn, smartAccountRequest: the history time to live does not say for how many days requests are remembered; write P365D for 365 days."),
                broken(
                        "smartAccountRequest.bpmn",
                        "historyTimeToLive=\"P365D\"",
                        "historyTimeToLive=\"P100D\"",
                        "smartAccountRequest.bpmn, smartAccountRequest: the history time to live is too short: it counts from the beginning, and the longest wait alone takes 90 days; write P180D or more."),
                broken(
                        "smartAccountRequest.bpmn",
                        "\"Activity_checkRequest\" name",
                        "\"Activity_reviewRequest\" name",
                        "smartAccountRequest.bpmn, Activity_reviewRequest: two elements have this id; give the new one an id of its own."),
                broken(
                        "smartAccountRequest.bpmn",
                        "name=\"Review request\"",
                        "name=\" \"",
                        "smartAccountRequest.bpmn, Activity_reviewRequest: it has no name; write into the diagram what is done, such as \"Review request\"."),
                broken(
                        "smartAccountRequest.bpmn",
                        "Gateway_firstTime",
                        "Gateway_0x1fz2k",
                        "smartAccountRequest.bpmn, Gateway_0x1fz2k: the id does not say what this is; give a new element an id such as Gateway_accountCreated, and an old one its old id."),
                broken(
                        "smartAccountRequest.bpmn",
                        "Event_reminderDue",
                        "Event_timeToRemind",
                        "smartAccountRequest.bpmn, Event_reminderDue: it is missing, and the application looks for it; bring it back with this id, or ask a developer what to do without it."),
                broken(
                        "smartAccountRequest.bpmn",
                        "Gateway_nextReminder",
                        "Gateway_reminderNext",
                        "smartAccountRequest.bpmn, Gateway_nextReminder: it is missing, and the application looks for it; bring it back with this id, or ask a developer what to do without it."),
                broken(
                        "smartAccountRequest.bpmn",
                        " camunda:dueDate=\"${timeToDecide.end(execution)}\"",
                        "",
                        "smartAccountRequest.bpmn, Activity_activateSmartAccount: camunda:dueDate is empty, which the template \"Activate Smart Account\" does not allow; choose the template again."),
                broken(
                        "smartAccountRequest.bpmn",
                        "value=\"60, 30, 7, 1\"",
                        "value=\"\"",
                        "smartAccountRequest.bpmn, Event_reminderDue: it does not say when reminders are sent; add the extension property daysLeft, such as 60, 30, 7, 1."),
                broken(
                        "smartAccountRequest.bpmn",
                        "sourceRef=\"Activity_expireAccount\"",
                        "sourceRef=\"Activity_gone\"",
                        "smartAccountRequest.bpmn, Flow_expireToTell: it names Activity_gone, which does not exist; delete it, and draw it anew."),
                broken(
                        "smartAccountRequest.bpmn",
                        ">P90D<",
                        ">PT90D<",
                        "smartAccountRequest.bpmn, Event_waitExpired: 'PT90D' is no duration that can be read; write P90D for 90 days."),
                broken(
                        "smartAccountRequest.bpmn",
                        ">P30D<",
                        ">30 days<",
                        "smartAccountRequest.bpmn, Event_reviewAbandoned: '30 days' is no duration that can be read; write P30D for 30 days.",
                        "smartAccountRequest.bpmn, Event_approvalOverdue: '30 days' is no duration that can be read; write P30D for 30 days."),
                broken(
                        "smartAccountRequest.bpmn",
                        ">P14D<",
                        ">P2W<",
                        "smartAccountRequest.bpmn, Event_correctionOverdue: 'P2W' is no duration that can be read; write P14D for 2 weeks."),
                broken(
                        "smartAccountRequest.bpmn",
                        ">P7D<",
                        ">-P7D<",
                        "smartAccountRequest.bpmn, Event_correctionReminderDue: '-P7D' is no time to wait; write P7D for 7 days."),
                broken(
                        "smartAccountRequest.bpmn",
                        "value=\"60, 30, 7, 1\"",
                        "value=\"60; 30; 7\"",
                        "smartAccountRequest.bpmn, Event_reminderDue: the property daysLeft is '60; 30; 7'; write days before the end with commas, such as 60, 30, 7, 1."),
                broken(
                        "smartAccountRequest.bpmn",
                        "name=\"daysLeft\"",
                        "name=\"dayLeft\"",
                        "smartAccountRequest.bpmn, Event_reminderDue: it does not say when reminders are sent; add the extension property daysLeft, such as 60, 30, 7, 1.",
                        "smartAccountRequest.bpmn, Event_reminderDue: nobody reads the property dayLeft; did you mean daysLeft?"),
                broken(
                        "smartAccountRequest.bpmn",
                        "${withdrawRequestDelegate}",
                        "${withdrawDelegate}",
                        "smartAccountRequest.bpmn, Activity_withdrawRequest: there is no delegate withdrawDelegate; the most similar ones are checkRequestDelegate, countResendDelegate, returnRequestDelegate, sendEmailDelegate, withdrawRequestDelegate."),
                broken(
                        "smartAccountRequest.bpmn",
                        "camunda:delegateExpression=\"${checkRequestDelegate}\"",
                        "",
                        "smartAccountRequest.bpmn, Activity_checkRequest: it does nothing yet; choose what it does from the templates of the Modeler."),
                broken(
                        "smartAccountRequest.bpmn",
                        "camunda:delegateExpression=\"${checkRequestDelegate}\"",
                        "camunda:class=\"org.example.Check\"",
                        "smartAccountRequest.bpmn, Activity_checkRequest: it does nothing yet; choose what it does from the templates of the Modeler.",
                        "smartAccountRequest.bpmn, Activity_checkRequest: it names a Java class; choose a template of the Modeler, or write a delegate expression."),
                broken(
                        "smartAccountRequest.bpmn",
                        "camunda:delegateExpression=\"${checkRequestDelegate}\"",
                        "camunda:asyncBefore=\"true\" camunda:delegateExpression=\"${checkRequestDelegate}\"",
                        "smartAccountRequest.bpmn, Activity_checkRequest: somebody waits on the screen for its result, so it may not be a save point; untick \"Asynchronous before\" and \"after\"."),
                broken(
                        "smartAccountRequest.bpmn",
                        "${reviewDecision == 'submit'}",
                        "${reviewDecison == 'submit'}",
                        "smartAccountRequest.bpmn, Flow_submit: in ${reviewDecison == 'submit'} there is reviewDecison, which nobody knows; did you mean reviewDecision?"),
                broken(
                        "smartAccountRequest.bpmn",
                        "${reviewDecision == 'submit'}",
                        "${reviewDecision == 'submitted'}",
                        "smartAccountRequest.bpmn, Flow_submit: reviewDecision is never 'submitted'; there are change, submit, withdraw."),
                broken(
                        "smartAccountRequest.bpmn",
                        "${reviewDecision == 'submit'}",
                        "${reviewDecision = 'submit'}",
                        "smartAccountRequest.bpmn, Flow_submit: ${reviewDecision = 'submit'} cannot be read from its character 18 on; compare it with a similar one (two values are compared with ==)."),
                broken(
                        "smartAccountRequest.bpmn",
                        "${reviewDecision == 'submit'}",
                        "reviewDecision == 'submit'",
                        "smartAccountRequest.bpmn, Flow_submit: 'reviewDecision == 'submit'' is no condition; write it between ${ and }."),
                broken(
                        "smartAccountRequest.bpmn",
                        "${reminders.isAnother(execution)}",
                        "${reminders.isAnother()}",
                        "smartAccountRequest.bpmn, Flow_anotherReminder: in ${reminders.isAnother()} nobody can answer isAnother(); did you mean isAnother(execution)?"),
                broken(
                        "smartAccountRequest.bpmn",
                        "${reminders.isAnother(execution)}",
                        "${reminder.isAnother(execution)}",
                        "smartAccountRequest.bpmn, Flow_anotherReminder: in ${reminder.isAnother(execution)} there is reminder, which nobody knows; did you mean reminders?"),
                broken(
                        "smartAccountRequest.bpmn",
                        "<camunda:inputParameter name=\"refusedAddress\">",
                        "<camunda:inputParameter name=\"oldAddress\">",
                        "smartAccountRequest.bpmn, Activity_correctCustomerEmail: there is no variable oldAddress; the most similar ones are addedUser, noteToUsers, problems, refusedAddress, remarks."),
                broken(
                        "smartAccountRequest.bpmn",
                        "camunda:formRef=\"reviewRequest\"",
                        "camunda:formRef=\"reviewRequests\"",
                        "smartAccountRequest.bpmn, Activity_reviewRequest: there is no form reviewRequests; did you mean reviewRequest?"),
                broken(
                        "smartAccountRequest.bpmn",
                        "camunda:formRef=\"reviewRequest\" camunda:formRefBinding=\"latest\" ",
                        "",
                        "smartAccountRequest.bpmn, Activity_reviewRequest: it has no form; choose a Camunda Form and write its id."),
                broken(
                        "smartAccountRequest.bpmn",
                        "formRef=\"reviewRequest\" camunda:formRefBinding=\"latest\"",
                        "formRef=\"reviewRequest\" camunda:formRefBinding=\"deployment\"",
                        "smartAccountRequest.bpmn, Activity_reviewRequest: the binding of its form is deployment; choose latest."),
                broken(
                        "smartAccountRequest.bpmn",
                        "candidateGroups=\"licensing-support\"",
                        "candidateGroups=\"licencing-support\"",
                        "smartAccountRequest.bpmn, Activity_approveAccountDomain: nobody is in the group licencing-support; did you mean licensing-support?",
                        "smartAccountRequest.bpmn, Activity_activateSmartAccount: nobody is in the group licencing-support; did you mean licensing-support?"),
                broken(
                        "smartAccountRequest.bpmn",
                        "attachedToRef=\"Activity_reviewRequest\"",
                        "cancelActivity=\"false\" attachedToRef=\"Activity_reviewRequest\"",
                        "smartAccountRequest.bpmn, Activity_reviewRequest: it may wait for ever; attach a timer that interrupts it, and draw what happens then."),
                broken(
                        "smartAccountRequest.bpmn",
                        ">requestReceipt<",
                        ">requestReceit<",
                        "smartAccountRequest.bpmn, Activity_sendRequestReceipt: there is no email requestReceit (missing: templates/email/requestReceit.html, templates/email/requestReceit.txt, the text email.requestReceit.subject); choose one that there is, or ask a developer to write it."),
                broken(
                        "smartAccountRequest.bpmn",
                        "<camunda:inputParameter name=\"emailRecipient\">addedUser<",
                        "<camunda:inputParameter name=\"emailRecipient\">customer<",
                        "smartAccountRequest.bpmn, Activity_sendWelcome: an email cannot go to customer; there are addedUser, approver, requester, support."),
                broken(
                        "smartAccountRequest.bpmn",
                        "name=\"Send request receipt\" camunda:modelerTemplate=\"org.smartaccounts.sendEmail\" camunda:modelerTemplateVersion=\"1\" camunda:asyncBefore=\"true\"",
                        "name=\"Send request receipt\" camunda:modelerTemplate=\"org.smartaccounts.sendEmail\" camunda:modelerTemplateVersion=\"1\"",
                        "smartAccountRequest.bpmn, Activity_sendRequestReceipt: a mail server may be down, so an email needs a save point; tick \"Asynchronous before\"."),
                broken(
                        "smartAccountRequest.bpmn",
                        "<bpmn:multiInstanceLoopCharacteristics camunda:asyncBefore=\"true\"",
                        "<bpmn:multiInstanceLoopCharacteristics",
                        "smartAccountRequest.bpmn, Activity_sendWelcome: a mail server may be down, so an email needs a save point; tick \"Asynchronous before\" of the multi-instance."),
                broken(
                        "smartAccountRequest.bpmn",
                        "name=\"cancelRequest\"",
                        "name=\"cancelAccount\"",
                        "smartAccountRequest.bpmn, Message_cancelRequest: nobody sends the message cancelAccount; there are addressCameBack, cancelRequest, closeAccount.",
                        "smartAccountRequest.bpmn, smartAccountRequest: no event waits for the message cancelRequest, which the application sends; bring it back."),
                broken(
                        "smartAccountRequest.bpmn",
                        "errorCode=\"addressRefused\"",
                        "errorCode=\"refused\"",
                        "smartAccountRequest.bpmn, Event_addressRefused: the only thing that can happen to an email is that its address is refused; let this event catch the error addressRefused.",
                        "smartAccountRequest.bpmn, Event_reminderRefused: the only thing that can happen to an email is that its address is refused; let this event catch the error addressRefused."),
                broken(
                        "smartAccountRequest.bpmn",
                        "<bpmn:linkEventDefinition id=\"LinkEventDefinition_refusedHere\" name=\"addressRefused\"",
                        "<bpmn:linkEventDefinition id=\"LinkEventDefinition_refusedHere\" name=\"refused\"",
                        "smartAccountRequest.bpmn, Event_refusedThere: no link event continues from it; give two link events in the same part of the diagram the link name addressRefused, one that throws and one that catches.",
                        "smartAccountRequest.bpmn, Event_refusedHere: no link event leads to it; give two link events in the same part of the diagram the link name refused, one that throws and one that catches."),
                broken(
                        "smartAccountRequest.bpmn",
                        " default=\"Flow_noMoreReminders\"",
                        "",
                        "smartAccountRequest.bpmn, Flow_noMoreReminders: nothing says when this way out of Gateway_anotherReminder is taken; write a condition, or make it the default flow."),
                broken(
                        "smartAccountRequest.bpmn",
                        "<bpmn:sequenceFlow id=\"Flow_confirmationToEnd\" sourceRef=\"Activity_sendActivationConfirmation\" targetRef=\"Event_accountActive\" />",
                        "",
                        "smartAccountRequest.bpmn, Event_accountActive: no arrow leads to it, so it never happens; draw one, or delete it.",
                        "smartAccountRequest.bpmn, Activity_sendActivationConfirmation: no arrow leads on from it; draw one to what comes next, or to an end event."),
                broken(
                        "reviewRequest.form",
                        "\"id\": \"reviewRequest\"",
                        "\"id\": \"review\"",
                        "reviewRequest.form: the form and its file have the same name; give the form the id reviewRequest instead of review."),
                broken(
                        "requestSmartAccount.form",
                        "\"key\": \"customerEmail\"",
                        "\"key\": \"customerMail\"",
                        "requestSmartAccount.form, Field_customerEmail: Event_accountRequested neither takes nor shows customerMail; did you mean customerEmail?"),
                broken(
                        "requestSmartAccount.form",
                        "\"components\": [",
                        "\"components\": ",
                        "requestSmartAccount.form, line 8: the form cannot be read; open it in the Modeler and save it again."),
                broken(
                        "requestSmartAccount.form",
                        "\"values\": \"languages\"",
                        "\"values\": \"language\"",
                        "requestSmartAccount.form, Field_customerLanguage: it does not offer the languages that there are; add the custom property values with the value languages."));
    }

    private static Arguments broken(String file, String right, String wrong, String... sentences) {
        return Arguments.of(file, right, wrong, List.of(sentences));
    }

    private static Map<String, String> files() throws IOException {
        return ProcessModelTest.files(FOLDER);
    }

    private static List<ReleasedDiagram> released() throws IOException {
        return ProcessModelTest.released();
    }
}
