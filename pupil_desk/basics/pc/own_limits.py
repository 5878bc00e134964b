"""What this process may take of the PC, set by itself: memory, no file written, no picture of its memory left behind when it crashes."""

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PROCESS_MEMORY, _NO_DIALOG = 0x100, 0x400  # JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
    _ONE_PROCESS = 0x8  # JOB_OBJECT_LIMIT_ACTIVE_PROCESS: it starts no other
    _EXTENDED = 9  # JobObjectExtendedLimitInformation

    class _Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least", ctypes.c_size_t),
            ("most", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("basic", _Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    class OwnLimits:
        """A job object of Windows, with this process in it."""

        def __init__(self) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
            self._kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, wintypes.LPCWSTR]
            self._kernel.GetCurrentProcess.restype = wintypes.HANDLE
            self._kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
            self._kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
            self._job = self._kernel.CreateJobObjectW(None, None)
            self._kernel.AssignProcessToJobObject(self._job, self._kernel.GetCurrentProcess())

        def any_memory(self) -> None:
            """Take whatever there is."""
            self._limit(0, 0)

        def most_memory(self, most: int) -> None:
            """Take at most so many bytes; what asks for more is refused them."""
            self._limit(_PROCESS_MEMORY, most)

        def _limit(self, more: int, most: int) -> None:
            limits = _Extended()
            limits.basic.flags, limits.basic.processes = more | _NO_DIALOG | _ONE_PROCESS, 1
            limits.process_memory = most
            self._kernel.SetInformationJobObject(self._job, _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))

else:
    import resource

    class OwnLimits:
        """The limits of a process, as POSIX has them."""

        def __init__(self) -> None:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
            _soft, self._hard = resource.getrlimit(resource.RLIMIT_DATA)

        def any_memory(self) -> None:
            """Take whatever there is."""
            resource.setrlimit(resource.RLIMIT_DATA, (self._hard, self._hard))

        def most_memory(self, most: int) -> None:
            """Take at most so many bytes; what asks for more is refused them."""
            most = most if self._hard == resource.RLIM_INFINITY else min(most, self._hard)
            resource.setrlimit(resource.RLIMIT_DATA, (most, self._hard))
