package org.smartaccounts.web.requests;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.People;
import org.smartaccounts.overview.Sight;
import org.smartaccounts.process.Refusal;
import org.smartaccounts.request.NewRequests;
import org.smartaccounts.upload.Preview;
import org.smartaccounts.upload.UnreadableFile;
import org.smartaccounts.upload.Upload;
import org.smartaccounts.upload.UploadRow;
import org.smartaccounts.upload.UploadWork;
import org.smartaccounts.upload.Uploads;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Many requests at once: somebody uploads a file, reads what is wrong with which row, starts it, and sees what becomes of each row. The
 * preview is the review. Colleagues see it too, but whoever uploaded it starts it, since the requests are made in that person's name.
 */
@Controller
class ManyRequestsController {

    private static final String PAGE = "/requests/many";
    private static final int UPLOADS = 20;
    private static final int ROWS = 100;

    private final People people;
    private final NewRequests requests;
    private final Preview preview;
    private final Uploads uploads;
    private final UploadWork work;
    private final UploadFiles files;
    private final MessageSource messages;

    ManyRequestsController(
            People people,
            NewRequests requests,
            Preview preview,
            Uploads uploads,
            UploadWork work,
            UploadFiles files,
            MessageSource messages) {
        this.people = people;
        this.requests = requests;
        this.preview = preview;
        this.uploads = uploads;
        this.work = work;
        this.files = files;
        this.messages = messages;
    }

    @GetMapping(PAGE)
    String begin(@ModelAttribute("sight") Sight sight, Model model) {
        model.addAttribute("whyNot", whyNot(sight));
        model.addAttribute("uploads", uploads.last(sight.companies(), sight.all(), UPLOADS));
        return "requests/many";
    }

    /** What keeps somebody from asking at all; null if nothing does. */
    private @Nullable String whyNot(Sight sight) {
        return people.as(sight.person().id(), requests::obstacle).orElse(null);
    }

    @GetMapping(PAGE + "/template.csv")
    ResponseEntity<byte[]> template(Locale language) {
        return files.template(language);
    }

    @PostMapping(PAGE)
    ModelAndView upload(
            @RequestParam(required = false) @Nullable MultipartFile file,
            @ModelAttribute("sight") Sight sight,
            Locale language,
            Model model)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return refused(messages.getMessage("manyRequests.file.none", null, language), sight, model);
        }
        byte[] content = file.getBytes();
        String name = String.valueOf(file.getOriginalFilename());
        try {
            Preview.Result result = people.as(sight.person().id(), () -> preview.of(content, name));
            return new ModelAndView(
                    "redirect:" + PAGE + "/" + result.upload().id() + (result.before() ? "?before" : ""));
        } catch (UnreadableFile unreadable) {
            return refused(messages.getMessage(unreadable.problem(), language), sight, model);
        } catch (Refusal refusal) {
            return refused(String.valueOf(refusal.getMessage()), sight, model);
        }
    }

    private ModelAndView refused(String mistake, Sight sight, Model model) {
        model.addAttribute("mistake", mistake);
        ModelAndView page = new ModelAndView(begin(sight, model));
        page.setStatus(HttpStatus.UNPROCESSABLE_ENTITY);
        return page;
    }

    @GetMapping(PAGE + "/{id}")
    String show(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String show,
            @RequestParam(defaultValue = "1") String page,
            @RequestParam(required = false) @Nullable String before,
            @ModelAttribute("sight") Sight sight,
            Model model) {
        Upload upload = seen(id, sight);
        boolean onlyBad = "bad".equals(show);
        int rows = onlyBad ? upload.bad() + upload.failed() : upload.total();
        int pages = Math.max(1, (rows + ROWS - 1) / ROWS);
        int shown = pageOf(page, pages);
        model.addAttribute("upload", upload);
        model.addAttribute("uploader", people.get(upload.uploadedBy()));
        model.addAttribute("mine", upload.uploadedBy().equals(sight.person().id()));
        model.addAttribute("approvals", uploads.countApprovals(upload.id()));
        model.addAttribute("rows", uploads.rows(upload.id(), onlyBad, (shown - 1) * ROWS, ROWS));
        model.addAttribute("onlyBad", onlyBad);
        model.addAttribute("page", shown);
        model.addAttribute("pages", pages);
        model.addAttribute("before", before != null);
        return "requests/many-upload";
    }

    private static int pageOf(String typed, int pages) {
        return typed.matches("[0-9]{1,4}") ? Math.min(Math.max(1, Integer.parseInt(typed)), pages) : 1;
    }

    @PostMapping(PAGE + "/{id}/start")
    ModelAndView start(@PathVariable String id, @ModelAttribute("sight") Sight sight, Model model) {
        Upload upload = seen(id, sight);
        if (!upload.uploadedBy().equals(sight.person().id())) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        if (upload.good() > 0) {
            // The second of two clicks finds it started.
            work.start(upload.id());
        }
        return new ModelAndView("redirect:" + PAGE + "/" + upload.id());
    }

    @GetMapping(PAGE + "/{id}/result.csv")
    ResponseEntity<byte[]> result(@PathVariable String id, @ModelAttribute("sight") Sight sight, Locale language) {
        Upload upload = seen(id, sight);
        List<UploadRow> rows = uploads.rows(upload.id(), false, 0, upload.total());
        return files.result(rows, language);
    }

    /** What somebody may not see, does not exist. */
    private Upload seen(String id, Sight sight) {
        return parse(id)
                .flatMap(uploads::find)
                .filter(upload -> sight.covers(upload.companyId()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
