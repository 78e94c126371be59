package org.smartaccounts.development;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smartaccounts.development.Mailbox.Received;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** A small inbox: every email that the application has sent since it started, as its reader would see it. */
@Controller
class MailboxController {

    /** One line of the inbox; numbers count from 1, the oldest. */
    record Line(int number, Received email) {}

    /** A piece of a plain text: a link, or just words. */
    record Piece(String words, boolean link) {}

    private static final Pattern URL = Pattern.compile("https?://\\S+");

    private final Mailbox mailbox;

    MailboxController(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @GetMapping("/dev/mailbox")
    String inbox(Model model) {
        List<Line> lines = new ArrayList<>();
        for (Received email : mailbox.all()) {
            lines.add(new Line(lines.size() + 1, email));
        }
        Collections.reverse(lines);
        model.addAttribute("lines", lines);
        return "dev/mailbox";
    }

    @GetMapping("/dev/mailbox/{number}")
    String message(@PathVariable int number, Model model) {
        Received email = find(number);
        model.addAttribute("line", new Line(number, email));
        model.addAttribute("pieces", pieces(email.text()));
        return "dev/message";
    }

    /** The HTML alone, for a frame: its links leave the frame. */
    @GetMapping(path = "/dev/mailbox/{number}/html", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @ResponseBody
    String html(@PathVariable int number) {
        return find(number).html().replaceFirst("<head>", "<head><base target=\"_top\">");
    }

    private Received find(int number) {
        List<Received> all = mailbox.all();
        if (number < 1 || number > all.size()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return all.get(number - 1);
    }

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher url = URL.matcher(text);
        int end = 0;
        while (url.find()) {
            pieces.add(new Piece(text.substring(end, url.start()), false));
            pieces.add(new Piece(url.group(), true));
            end = url.end();
        }
        pieces.add(new Piece(text.substring(end), false));
        return pieces;
    }
}
