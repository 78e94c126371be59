package org.smartaccounts.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.Platform;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.remote.CommandPayload;
import org.openqa.selenium.remote.Response;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.slf4j.LoggerFactory;

/** A person at a browser: sees only what is displayed, and waits for it. Screenshots go to {@code target/screenshots}. */
public final class Browser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Of 100; letters stay sharp, and a page with pictures loads fast. */
    private static final int PICTURE_QUALITY = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the law asks for in many countries, and we everywhere: WCAG 2.2, level AA. */
    private static final List<String> GUIDELINES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final ChromeDriver driver;
    private final WebDriverWait wait;

    private Browser(Path executable) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(executable.toFile());
        // The sandbox does not work for root, who runs builds in containers.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en");
        options.addArguments("--window-size=1400,1000");
        ChromeDriverService.Builder service = new ChromeDriverService.Builder();
        driverExecutable().ifPresent(path -> service.usingDriverExecutable(path.toFile()));
        driver = new Driver(service.build(), options);
        wait = new WebDriverWait(driver, PATIENCE);
        // What is replaced or covered at this moment, as by a notification, will be there soon.
        wait.ignoreAll(List.of(
                StaleElementReferenceException.class,
                NoSuchElementException.class,
                ElementClickInterceptedException.class));
    }

    /** The Chromium or Chrome of this machine: the one that {@code CHROME_BIN} names, or where they are usually installed. */
    public static Optional<Path> executable() {
        return existing(
                System.getenv("CHROME_BIN"),
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome",
                "/usr/bin/google-chrome-stable",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");
    }

    /** Debian installs it beside Chromium; elsewhere Selenium fetches one. */
    private static Optional<Path> driverExecutable() {
        return existing(System.getenv("CHROMEDRIVER"), "/usr/bin/chromedriver");
    }

    private static Optional<Path> existing(@Nullable String... candidates) {
        return Stream.of(candidates)
                .flatMap(Stream::ofNullable)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Browser open() {
        return new Browser(executable().orElseThrow());
    }

    /** A browser for a test, which is skipped, loudly, where there is none; {@code REQUIRE_BROWSER=true} forbids that. */
    public static Browser openIfFound() {
        boolean found = executable().isPresent();
        if (!found) {
            if (Boolean.parseBoolean(System.getenv("REQUIRE_BROWSER"))) {
                throw new AssertionError("No Chromium or Chrome was found, and REQUIRE_BROWSER is set");
            }
            LoggerFactory.getLogger(Browser.class)
                    .error(
                            "*** BROWSER TESTS ARE SKIPPED: no Chromium or Chrome was found; CHROME_BIN can name one ***");
        }
        Assumptions.assumeTrue(found, "no Chromium or Chrome was found");
        return open();
    }

    public void go(String url) {
        driver.get(url);
    }

    /** Looks again and again until it is there: what it waits for happens on the server. */
    public void reloadUntilSeen(By element) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "Not seen, however often the page was loaded: " + element)
                .pollingEvery(Duration.ofMillis(100))
                .until(browser -> {
                    if (seenSoon(element)) {
                        return true;
                    }
                    driver.navigate().refresh();
                    return false;
                });
    }

    private boolean seenSoon(By element) {
        try {
            return new WebDriverWait(driver, Duration.ofSeconds(2))
                    .ignoring(StaleElementReferenceException.class)
                    .until(browser -> sees(element));
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** What the browser says that its reader prefers, such as {@code it}. */
    public void prefer(String language) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", language)));
    }

    /** A new visitor: no cookies, nothing stored. */
    public void forgetEverything() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        if (driver.getCurrentUrl().startsWith("http")) {
            driver.executeScript("localStorage.clear(); sessionStorage.clear()");
        }
    }

    /** The first element that is displayed; waits for it. */
    public WebElement see(By element) {
        return wait.withMessage(() -> "Not seen: " + element + " at " + driver.getCurrentUrl())
                .until(browser -> displayed(element).findFirst().orElse(null));
    }

    /** Waits until the page shows the text. */
    public void see(String text) {
        wait.withMessage(() -> "Not seen: " + text + "\n" + text()).until(browser -> text().contains(text));
    }

    /** Waits until nothing of that kind is displayed. */
    public void seeNo(By element) {
        wait.withMessage(() -> "Still seen: " + element)
                .until(browser -> displayed(element).findFirst().isEmpty());
    }

    /** Whether it is displayed at this moment. */
    public boolean sees(By element) {
        return displayed(element).findFirst().isPresent();
    }

    private Stream<WebElement> displayed(By element) {
        List<WebElement> found = driver.findElements(element);
        return found.stream().filter(WebElement::isDisplayed);
    }

    /** All text of the page. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    public void click(By element) {
        wait.withMessage(() -> "Cannot click: " + element).until(browser -> {
            WebElement seen = see(element);
            driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", seen);
            if (!isAtRest(seen)) {
                return false;
            }
            seen.click();
            return true;
        });
    }

    /** What still moves, as a dialog that opens, would not be where it is clicked. */
    private boolean isAtRest(WebElement element) {
        return Boolean.TRUE.equals(driver.executeScript("""
                const element = arguments[0];
                return document.getAnimations()
                    .every(animation => animation.playState !== 'running' || !animation.effect.target.contains(element));""", element));
    }

    /** Clicks on a link or button with that text. */
    public void click(String text) {
        click(By.xpath("//*[self::a or self::button][contains(normalize-space(), '%s')]".formatted(text)));
    }

    /** Replaces what a field contains. */
    public void type(By field, String text) {
        WebElement element = see(field);
        // As a person does it; a script that empties the field is not noticed by every form.
        element.sendKeys(Keys.chord(Platform.getCurrent().is(Platform.MAC) ? Keys.COMMAND : Keys.CONTROL, "a"), text);
    }

    /** Two clicks, as fast as an impatient person. */
    public void doubleClick(By element) {
        WebElement seen = see(element);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", seen);
        new Actions(driver).doubleClick(seen).perform();
    }

    /** What stands in a field. */
    public String typed(By field) {
        return String.valueOf(see(field).getDomProperty("value"));
    }

    /** Waits until a picture is there, and not only its frame. */
    public void seePicture(By image) {
        WebElement seen = see(image);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", seen);
        wait.withMessage(() -> "Not loaded: " + image)
                .until(browser -> driver.executeScript("return arguments[0].naturalWidth", seen) instanceof Long width
                        && width > 0);
    }

    /** Whether the keyboard is at this element. */
    public boolean isFocused(By element) {
        return driver.switchTo().activeElement().equals(see(element));
    }

    /** What keeps people from using the page as it is now, as axe finds it; empty if nothing does. */
    public List<String> barriers() {
        return barriers(new AxeBuilder());
    }

    /** What keeps people from using a part of the page. */
    public List<String> barriers(String part) {
        return barriers(new AxeBuilder().include(part));
    }

    private List<String> barriers(AxeBuilder axe) {
        return axe.withTags(GUIDELINES).analyze(driver).getViolations().stream()
                .map(rule -> "%s: %s %s"
                        .formatted(
                                rule.getId(),
                                rule.getHelp(),
                                rule.getNodes().stream()
                                        .map(node -> node.getTarget() + " " + node.getHtml())
                                        .toList()))
                .toList();
    }

    /** What the reader prefers: {@code dark} or {@code light}. */
    public void preferColours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Whether the page is wider than the window, so that it has to be pushed to and fro. */
    public boolean isTooWide() {
        return Boolean.TRUE.equals(driver.executeScript(
                "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    public void back() {
        driver.navigate().back();
    }

    public void reload() {
        driver.navigate().refresh();
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    /** Lets the page's scripts run or not. */
    public void allowScripts(boolean allowed) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    }

    /** Chooses a file of this machine in a form. */
    public void choose(By field, Path file) {
        see(field).sendKeys(file.toAbsolutePath().toString());
    }

    /** Shows the page as on a telephone, which is narrower than any window; until {@link #showOnDesk}. */
    public void showOnPhone() {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
    }

    public void showOnDesk() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /**
     * Looks at the page as it is wide and light, and narrow and dark, and keeps both pictures: nothing keeps anybody out, and nothing is too
     * wide for a phone.
     */
    public void lookAt(String page) {
        assertThat(barriers()).as(page).isEmpty();
        screenshot(page);
        preferColours("dark");
        showOnPhone();
        try {
            assertThat(isTooWide()).as("%s is too wide", page).isFalse();
            assertThat(barriers()).as("%s in the dark", page).isEmpty();
            screenshot(page + "-phone-dark");
        } finally {
            showOnDesk();
            preferColours("light");
        }
    }

    /** Logs in at the requests page, with nothing left of whoever was logged in before. */
    public void logIn(String url, String user, String password) {
        forgetEverything();
        go(url + "/requests");
        type(By.id("username"), user);
        type(By.id("password"), password);
        click(By.cssSelector("button.primary"));
        see(By.cssSelector(".who"));
    }

    /** Lets the page be shown in a window of that width. */
    public void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Takes a picture of the whole page. */
    public void screenshot(String name) {
        Object whole = driver.executeScript(
                "const page = document.documentElement; return {x: 0, y: 0, width: page.clientWidth, height: page.scrollHeight, scale: 1}");
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), picture("png", Objects.requireNonNull(whole)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes a picture of the upper part of an element as WebP.
     *
     * @param width  of the picture in pixels; the whole width of the element is on it
     * @param height of the picture in pixels
     */
    public byte[] picture(By element, int width, int height) {
        WebElement seen = see(element);
        driver.executeScript("arguments[0].scrollIntoView(); document.activeElement.blur()", seen);
        Object clip = driver.executeScript("""
                const box = arguments[0].getBoundingClientRect();
                const scale = arguments[1] / box.width;
                return {x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: arguments[2] / scale, scale: scale}
                """, seen, width, height);
        return picture("webp", Objects.requireNonNull(clip));
    }

    private byte[] picture(String format, Object clip) {
        Map<String, Object> options =
                new HashMap<>(Map.of("format", format, "clip", clip, "captureBeyondViewport", true));
        if (!format.equals("png")) {
            options.put("quality", PICTURE_QUALITY);
        }
        Map<String, Object> picture = driver.executeCdpCommand("Page.captureScreenshot", options);
        return Base64.getDecoder().decode(String.valueOf(picture.get("data")));
    }

    @Override
    public void close() {
        driver.quit();
    }

    /** Calls an element stale whose page was replaced in the middle of a question about it, where the driver only knows an unknown error. */
    private static final class Driver extends ChromeDriver {

        private static final String REPLACED = "does not belong to the document";

        Driver(ChromeDriverService service, ChromeOptions options) {
            super(service, options);
        }

        @Override
        protected Response execute(CommandPayload payload) {
            try {
                return super.execute(payload);
            } catch (StaleElementReferenceException e) {
                throw e;
            } catch (WebDriverException e) {
                if (String.valueOf(e.getRawMessage()).contains(REPLACED)) {
                    throw new StaleElementReferenceException(REPLACED, e);
                }
                throw e;
            }
        }
    }
}
