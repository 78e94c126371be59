package org.smartaccounts.development;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** Every email that the application has sent since it started, as its reader would see it. */
@Controller
class MailboxController {

    /** One line of the inbox; numbers count from 1, the oldest. */
    record Line(int number, String to, String subject, Date sent) {}

    /** A piece of a plain text: a link, or just words. */
    record Piece(String words, boolean link) {}

    private static final Pattern URL = Pattern.compile("https?://\\S+");

    private final GreenMail greenMail;

    MailboxController(GreenMail greenMail) {
        this.greenMail = greenMail;
    }

    @GetMapping("/dev/mailbox")
    String inbox(Model model) throws MessagingException {
        MimeMessage[] messages = greenMail.getReceivedMessages();
        List<Line> lines = new ArrayList<>();
        for (int number = 1; number <= messages.length; number++) {
            lines.add(line(number, messages[number - 1]));
        }
        Collections.reverse(lines);
        model.addAttribute("lines", lines);
        return "dev/mailbox";
    }

    @GetMapping("/dev/mailbox/{number}")
    String message(@PathVariable int number, Model model) throws MessagingException, IOException {
        MimeMessage message = find(number);
        model.addAttribute("line", line(number, message));
        model.addAttribute("from", String.valueOf(message.getFrom()[0]));
        model.addAttribute("pieces", pieces(part(message, MediaType.TEXT_PLAIN_VALUE)));
        return "dev/message";
    }

    /** The HTML alone, for a frame: its links leave the frame. */
    @GetMapping(path = "/dev/mailbox/{number}/html", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @ResponseBody
    String html(@PathVariable int number) throws MessagingException, IOException {
        return part(find(number), MediaType.TEXT_HTML_VALUE).replaceFirst("<head>", "<head><base target=\"_top\">");
    }

    private MimeMessage find(int number) {
        MimeMessage[] messages = greenMail.getReceivedMessages();
        if (number < 1 || number > messages.length) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return messages[number - 1];
    }

    private static Line line(int number, MimeMessage message) throws MessagingException {
        return new Line(
                number, String.valueOf(message.getAllRecipients()[0]), message.getSubject(), message.getSentDate());
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

    /** The first part of that type, however deep; empty if there is none. */
    static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                String found = part(child, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
