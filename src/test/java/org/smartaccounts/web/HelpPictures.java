package org.smartaccounts.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.smartaccounts.language.Languages;
import org.smartaccounts.support.Browser;
import org.smartaccounts.support.RunningApplication;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.util.TestSocketUtils;

/**
 * Takes the pictures of the help page anew: a request in each language, from the form to the activation page, in an application of its
 * own. No test, so {@code mvn verify} leaves it out: run {@code mvn test -Dtest=HelpPictures}, and look at what has changed in
 * {@code src/main/resources/static/help}. A picture more is a line more here and an {@code img} of the same size in
 * {@code help.html}; HelpPageTest says what is missing. Where the machine has no letters for a language, delete its folder: the page
 * shows the pictures of the original then.
 */
class HelpPictures {

    private static final Path PICTURES = Path.of("src", "main", "resources", "static", "help");

    private final List<Locale> languages = new Languages(new PathMatchingResourcePatternResolver()).all();

    @Test
    void takeThemAll(@TempDir Path data) throws IOException {
        int port = TestSocketUtils.findAvailableTcpPort();
        try (RunningApplication application =
                        RunningApplication.inDevelopment(data, port, TestSocketUtils.findAvailableTcpPort());
                Browser browser = Browser.open()) {
            application.awaitReady();
            for (Locale language : languages) {
                take(language, "http://localhost:" + port, browser);
            }
        }
    }

    private void take(Locale language, String url, Browser browser) throws IOException {
        String domain = "kranich.%s.example".formatted(language.toLanguageTag());
        logIn(language, url, browser);

        fillInStartForm(language, domain, browser);
        keep("startForm", language, browser.picture(By.cssSelector(".modal-content"), 720, 640));
        browser.click(By.cssSelector(".modal-content button.btn-primary:not(.ng-hide)"));
        browser.seeNo(By.cssSelector(".modal-content .fjs-form"));

        By task = By.xpath("//li[contains(@class, 'task')][contains(., 'Kranich')]");
        browser.reloadUntilSeen(task);
        browser.click(task);
        browser.see(By.cssSelector("[id$=Field_accountName]"));
        browser.seeNo(By.cssSelector(".alert"));
        keep("review", language, browser.picture(By.cssSelector(".task-card"), 720, 640));
        // To submit it comes first.
        browser.click(By.cssSelector(".fjs-form-field-radio input[type=radio]"));
        browser.click("Complete");
        browser.seeNo(By.cssSelector("[id$=Field_accountName]"));

        browser.resize(760, 1000);
        browser.go(url + "/dev/mailbox");
        By email = By.xpath("//div[dt[contains(., 'anna@%s')]]//a".formatted(domain));
        browser.reloadUntilSeen(email);
        String message = browser.see(email).getDomProperty("href");
        browser.click(email);
        String link = browser.see(By.partialLinkText("/activation/")).getText();
        browser.go(message + "/html");
        keep("instructions", language, browser.picture(By.tagName("body"), 720, 640));

        browser.go(link);
        // Further up it says how many days there are, which changes with the diagram.
        keep("activationPage", language, browser.picture(By.xpath("//section[h2[@id='meaning']]"), 720, 640));
        browser.resize(1400, 1000);
    }

    private void logIn(Locale language, String url, Browser browser) {
        browser.forgetEverything();
        browser.prefer(language.toLanguageTag());
        browser.go(url + "/camunda/app/tasklist/");
        browser.type(By.id("username"), "paula");
        browser.type(By.id("password"), "Try-it-2026");
        browser.click(By.cssSelector("button.primary"));
        browser.see(By.partialLinkText("Start process"));
        // The call to migrate that Camunda shows.
        browser.seeNo(By.cssSelector(".ce-eol-banner"));
    }

    private void fillInStartForm(Locale language, String domain, Browser browser) {
        browser.click("Start process");
        browser.click(By.xpath("//*[@class='modal-content']//a[contains(., 'Smart Account request')]"));
        browser.type(field("accountName"), "Kranich Logistik");
        browser.type(field("customerEmail"), "anna@" + domain);
        browser.type(field("accountDomain"), domain);
        browser.click(By.cssSelector(".modal-content .fjs-form-field-select .fjs-input-group"));
        browser.click(By.xpath(
                "(//*[contains(@class, 'fjs-dropdownlist-item')])[%d]".formatted(languages.indexOf(language) + 1)));
    }

    private static By field(String name) {
        return By.cssSelector(".modal-content [id$=Field_%s]".formatted(name));
    }

    private static void keep(String name, Locale language, byte[] picture) throws IOException {
        Path folder = Files.createDirectories(PICTURES.resolve(language.toLanguageTag()));
        Files.write(folder.resolve(name + ".webp"), picture);
    }
}
