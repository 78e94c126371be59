package org.smartaccounts.operations;

import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.language.Languages;
import org.smartaccounts.operations.MigrationReports.Report;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** For administrators: on which versions of the process requests wait, and moving them to the newest. */
@Controller
class RunningRequestsController {

    private static final String PAGE = "/operations/running-requests";

    private static final int REPORTS = 10;

    /** Between one look and the next while a run is under way. */
    private static final int RELOAD_SECONDS = 3;

    /**
     * A version of the process. Its methods are public for the template.
     *
     * @param requests how many are under way on it
     * @param to       the version to which they are to be moved; null if they stay
     */
    record Row(String version, long requests, @Nullable String to) {}

    private final VersionChanges versions;
    private final WaitingRequests waiting;
    private final RunningRequestMigration migration;
    private final MigrationReports reports;
    private final Languages languages;

    RunningRequestsController(
            VersionChanges versions,
            WaitingRequests waiting,
            RunningRequestMigration migration,
            MigrationReports reports,
            Languages languages) {
        this.versions = versions;
        this.waiting = waiting;
        this.migration = migration;
        this.reports = reports;
        this.languages = languages;
    }

    /** For the page to offer. */
    @ModelAttribute("languages")
    List<Locale> languages() {
        return languages.all();
    }

    @GetMapping(PAGE)
    String show(Model model) {
        boolean underWay = migration.isUnderWay();
        List<Report> last = reports.last(REPORTS);
        List<Row> rows = rows();
        model.addAttribute("rows", rows);
        model.addAttribute(
                "toMove",
                rows.stream()
                        .filter(row -> row.to() != null)
                        .mapToLong(Row::requests)
                        .sum());
        model.addAttribute("reports", last);
        model.addAttribute("underWay", underWay);
        if (underWay) {
            model.addAttribute("reload", RELOAD_SECONDS);
            last.stream()
                    .findFirst()
                    .filter(report -> report.endedAt() == null)
                    .ifPresent(report -> model.addAttribute("current", report.id()));
        }
        return "operations/running-requests";
    }

    private List<Row> rows() {
        List<ProcessDefinition> all = versions.versions();
        Map<ProcessDefinition, ProcessDefinition> targets = versions.targets(all);
        return all.stream()
                .sorted(Comparator.comparingInt(ProcessDefinition::getVersion).reversed())
                .map(version -> {
                    @Nullable ProcessDefinition to = targets.get(version);
                    return new Row(
                            VersionChange.name(version),
                            waiting.count(version),
                            to == null ? null : VersionChange.name(to));
                })
                // Whoever looks for a version finds the live one, and those on which something waits.
                .filter(row -> row.requests() > 0 || row.version().equals(VersionChange.name(all.get(all.size() - 1))))
                .toList();
    }

    @PostMapping(PAGE + "/move")
    ModelAndView move(Principal principal, Model model) {
        return start(principal, model, false);
    }

    @PostMapping(PAGE + "/try")
    ModelAndView tryOut(Principal principal, Model model) {
        return start(principal, model, true);
    }

    private ModelAndView start(Principal principal, Model model, boolean trial) {
        if (migration.start(principal.getName(), trial)) {
            return new ModelAndView("redirect:" + PAGE);
        }
        model.addAttribute("refused", true);
        ModelAndView page = new ModelAndView(show(model));
        page.setStatus(HttpStatus.CONFLICT);
        return page;
    }
}
