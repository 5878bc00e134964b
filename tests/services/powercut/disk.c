/* Stands between a program and its disk (LD_PRELOAD): notes each change of the files in one folder, and lets a call fail.

   DISK_FOLDER is the folder; DISK_NOTES the file of notes, if they are wanted. A note is: what was done (a letter), the length of the path, the
   place in the file, the length of the data; then the path and the data. Letters: W written, T cut or lengthened to the place, S flushed,
   C a new name, U a name taken away, R a name changed to the one that is the data. The file that a call means is asked of the system, by its number. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int calls, fails_at, fails_for_good, code;

/* From now on the call of this number fails with that code, and all after it too if for good; 0 is none. */
void disk_fails(int at, int with, int for_good) { calls = 0, fails_at = at, code = with, fails_for_good = for_good; }
int disk_calls(void) { return calls; }

static int ours(const char *path) {
    const char *folder = getenv("DISK_FOLDER");
    return folder && !strncmp(path, folder, strlen(folder));
}

static int path_of(int fd, char *path) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return ours(path);
}

static int fails(void) {
    calls++;
    if (!fails_at || !(calls == fails_at || (fails_for_good && calls > fails_at))) return 0;
    errno = code;
    return 1;
}

static void note(char what, const char *path, uint64_t at, const void *data, uint32_t length) {
    static int notes = -2;
    struct __attribute__((packed)) { char what; uint32_t path, length; uint64_t at; } head = {what, strlen(path), length, at};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)data, length}};
    int before = errno;
    if (notes == -2) notes = getenv("DISK_NOTES") ? syscall(SYS_openat, AT_FDCWD, getenv("DISK_NOTES"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (notes >= 0) syscall(SYS_writev, notes, parts, 3);
    errno = before;
}

#define REAL(kind, name, ...) static kind (*real)(__VA_ARGS__); if (!real) real = (kind (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t length) {
    char path[PATH_MAX];
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!path_of(fd, path)) return real(fd, data, length);
    if (fails()) return -1;
    ssize_t done = real(fd, data, length);
    if (done > 0) note('W', path, lseek(fd, 0, SEEK_CUR) - done, data, done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    char path[PATH_MAX];
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (!path_of(fd, path)) return real(fd, data, length, at);
    if (fails()) return -1;
    ssize_t done = real(fd, data, length, at);
    if (done > 0) note('W', path, at, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    REAL(int, "ftruncate64", int, off64_t);
    if (!path_of(fd, path)) return real(fd, length);
    if (fails()) return -1;
    int done = real(fd, length);
    if (!done) note('T', path, length, "", 0);
    return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int flushed(int (*real)(int), int fd) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd);
    if (fails()) return -1;
    int done = real(fd);
    if (!done) note('S', path, 0, "", 0);
    return done;
}
int fsync(int fd) { REAL(int, "fsync", int); return flushed(real, fd); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); return flushed(real, fd); }

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    int done = real(path);
    if (!done && ours(path)) note('U', path, 0, "", 0);
    return done;
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    int done = real(from, to);
    if (!done && ours(from)) note('R', from, 0, to, strlen(to));
    return done;
}

static int opened(const char *path, int flags, mode_t mode) {
    int mine = ours(path) && flags & O_CREAT, fresh = mine && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    if (fresh && fails()) return -1;
    int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (fd >= 0 && fresh) note('C', path, 0, "", 0);
    if (fd >= 0 && mine && !fresh && flags & O_TRUNC) note('T', path, 0, "", 0);
    return fd;
}
#define MODE(after) mode_t mode = 0; if (flags & O_CREAT) { va_list more; va_start(more, after); mode = va_arg(more, mode_t); va_end(more); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(path, flags | O_LARGEFILE, mode); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(path, flags, mode); }
