/* Preloaded into a node of the crash harness: its machine's clock is wrong by as many seconds as the file $WRONG_CLOCK says at that moment. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long wrong_by(void) {
    static volatile long *seconds;
    if (!seconds) {
        static long none;
        const char *name = getenv("WRONG_CLOCK");
        int file = name ? open(name, O_RDONLY) : -1;
        void *mapped = file < 0 ? MAP_FAILED : mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
        seconds = mapped == MAP_FAILED ? &none : (volatile long *) mapped;
    }
    return *seconds;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) {
        real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
    }
    int result = real(clock, time);
    if (clock == CLOCK_REALTIME && result == 0) {
        time->tv_sec += wrong_by();
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    (void) zone;
    return result;
}
