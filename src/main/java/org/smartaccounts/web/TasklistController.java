package org.smartaccounts.web;

import java.security.Principal;
import java.util.Set;
import org.smartaccounts.access.People;
import org.smartaccounts.account.AccountStatus;
import org.smartaccounts.account.SmartAccount;
import org.smartaccounts.request.CompletedTasks;
import org.smartaccounts.request.CompletedTasks.CompletedTask;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** What the script {@code tasklist.js} shows in Tasklist beside Camunda's own, as pieces of HTML. */
@Controller
class TasklistController {

    /** A request that was submitted a moment ago is one of these. */
    private static final Set<AccountStatus> SUBMITTED = Set.of(AccountStatus.PENDING, AccountStatus.IN_DOMAIN_APPROVAL);

    private final People people;
    private final CompletedTasks tasks;

    TasklistController(People people, CompletedTasks tasks) {
        this.people = people;
        this.tasks = tasks;
    }

    /** The way to the other pages. */
    @GetMapping("/requests/tasklist-menu")
    String menu() {
        return "requests/tasklistMenu";
    }

    /** What came of a task: a notice if a request was submitted by it, and otherwise nothing. */
    @GetMapping("/requests/after-task/{taskId}")
    ModelAndView afterTask(@PathVariable String taskId, Principal principal) {
        CompletedTask task = people.as(principal.getName(), () -> tasks.find(taskId))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        SmartAccount account = task.request();
        if (!task.isReview() || !SUBMITTED.contains(account.status())) {
            return new ModelAndView((nothing, request, response) -> response.setStatus(HttpStatus.NO_CONTENT.value()));
        }
        return new ModelAndView("requests/afterTask").addObject("account", account);
    }
}
