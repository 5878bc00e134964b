; The installer of Pupil Desk.  build.py compiles it with:
;   VERSION  0.2.0 · NUMBERS 0.2.0.0 · STAGE the program's folder · OUT the installer · SIZE in KB · LANGUAGES
;   SIGN     optional: the command that signs a file, which is put after it
;
; For one person and without an administrator, unless /ALLUSERS is given.  Each version goes into a folder of its own, and
; what starts it (current.txt, the Start menu, the file type) is turned last and whole: whoever stops the installer, or the
; PC, half-way is left with the program as it was.  The new program's own self-test decides whether it is turned at all.
;
; /WAIT=number waits, a minute at most, until the process of that number has ended: the program that starts this as an update.
;
; Exit: 0 done · 1 cancelled · 2 wrong use · 3 a copy is running · 4 a newer version is here · 5 self-test · 6 not written

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64 ; MB: what two libraries have in common is found however far apart they lie
ManifestSupportedOS Win10
ManifestDPIAware true
ManifestLongPathAware true
RequestExecutionLevel user

!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "TextFunc.nsh"
!include "WordFunc.nsh"

!define NAME "Pupil Desk"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\PupilDesk"
!define FILE_TYPE "PupilDesk.Unit"
!define SYNCHRONIZE 0x100000
!define MOST_WAIT 60000 ; ms
!define REPLACE_NOW 9 ; MOVEFILE_REPLACE_EXISTING, MOVEFILE_WRITE_THROUGH

Name "${NAME}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir ""
ShowInstDetails hide
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME}, installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "${NAME}"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
  !finalize '${SIGN} "%1"'
!endif

Var AllUsers   ; 1 for the whole PC
Var Group      ; the local group that the data's folder is for, or nothing
Var Folder     ; of this version, in $INSTDIR
Var Before     ; the version that is installed now, or nothing

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!define MUI_FINISHPAGE_TITLE "${NAME} is ready"
!define MUI_FINISHPAGE_TEXT "$(READY)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Open ${NAME} now"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenIt
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(LEAVING)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

LangString WELCOME ${LANG_ENGLISH} "This puts ${NAME} on this PC. It takes about a minute, and needs no administrator.$\r$\n$\r$\nThe unit's file, if there is one, is not touched. The first time somebody signs in to a newer version, a backup of the file is made and proved before anything else.$\r$\n$\r$\nClick Install."
LangString READY ${LANG_ENGLISH} "${NAME} was installed, and has checked itself: every part works on this PC.$\r$\n$\r$\nIt is in the Start menu. A unit's file opens with a double click."
LangString LEAVING ${LANG_ENGLISH} "The program is removed from this PC. The unit's data is not: it stays in the folder Pupil Desk\data under ProgramData (usually C:\ProgramData), and backups stay where they are."

; ---- what both ways share

!macro Shared un
Function ${un}LookUpScope
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
  SetRegView 64
FunctionEnd

; Say something and stop.  Stack: exit status, sentence.
Function ${un}Refuse
  Pop $0
  Pop $1
  DetailPrint "$1"
  MessageBox MB_OK|MB_ICONEXCLAMATION "$1" /SD IDOK
  SetErrorLevel $0
  Quit
FunctionEnd

; One installer at a time; the program leaves its folders alone while this is held.
Function ${un}HoldSetup
  System::Call 'kernel32::CreateMutexW(p 0, i 1, w "Global\PupilDeskSetup") p .r0 ?e'
  Pop $1
  ${If} $1 = 183 ; ERROR_ALREADY_EXISTS
  ${OrIf} $1 = 5
    Push "${NAME} is being installed or removed already. Wait until that is done."
    Push 3
    Call ${un}Refuse
  ${EndIf}
FunctionEnd

; A program that runs holds its own file: Windows lets nobody write to it.
Function ${un}RefuseWhileRunning
  FindFirst $2 $3 "$INSTDIR\*.*"
  ${DoWhile} $3 != ""
    ${If} $3 != "."
    ${AndIf} $3 != ".."
      Push "$INSTDIR\$3\${NAME}.exe"
      Call ${un}RefuseIfHeld
      Push "$INSTDIR\$3\pupil-desk.exe"
      Call ${un}RefuseIfHeld
    ${EndIf}
    FindNext $2 $3
  ${Loop}
  FindClose $2
FunctionEnd

Function ${un}RefuseIfHeld
  Pop $4
  ${If} ${FileExists} "$4"
    ClearErrors
    FileOpen $5 "$4" a
    ${If} ${Errors}
      Push "${NAME} is open on this PC. Sign out and close it everywhere, then start this again."
      Push 3
      Call ${un}Refuse
    ${EndIf}
    FileClose $5
  ${EndIf}
FunctionEnd

; Remove the versions in $INSTDIR, whole or half, but the one named on the stack.
Function ${un}RemoveOthers
  Pop $6
  FindFirst $2 $3 "$INSTDIR\*.*"
  ${DoWhile} $3 != ""
    StrCpy $7 $3 1
    ${If} $7 S>= "0"
    ${AndIf} $7 S<= "9"
    ${AndIf} $3 != $6
      ${If} ${FileExists} "$INSTDIR\$3\${NAME}.exe"
      ${OrIf} ${FileExists} "$INSTDIR\$3\pupil-desk.exe"
      ${OrIf} ${FileExists} "$INSTDIR\$3\_internal\*.*"
        RMDir /r "$INSTDIR\$3"
      ${EndIf}
    ${EndIf}
    FindNext $2 $3
  ${Loop}
  FindClose $2
FunctionEnd
!macroend
!insertmacro Shared ""
!insertmacro Shared "un."

; Put a file in another's place in one step.  Stack: the new file, its place.
Function PutInPlace
  Pop $1
  Pop $0
  System::Call 'kernel32::MoveFileExW(w r0, w r1, i ${REPLACE_NOW}) i .r2'
  ${If} $2 = 0
    Delete "$0"
    Push "$1 could not be written. Look whether the disk is full, then start this again. Nothing was changed."
    Push 6
    Call Refuse
  ${EndIf}
FunctionEnd

; ---- before anything is written

Function .onInit
  ${GetParameters} $0
  StrCpy $AllUsers 0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/GROUP=" $Group
  ${If} ${Errors}
    StrCpy $Group ""
  ${EndIf}
  Call LookUpScope
  Call RefuseWithoutRights
  Call HoldSetup
  Call FindPlace
  Call RefuseDowngrade
  Call WaitForProgram
  Call RefuseWhileRunning
FunctionEnd

; The program hands an update over as its last act, and holds its own file until it has ended.
Function WaitForProgram
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/WAIT=" $1
  ${IfNot} ${Errors}
    System::Call 'kernel32::OpenProcess(i ${SYNCHRONIZE}, i 0, i r1) p .r2'
    ${If} $2 P<> 0
      System::Call 'kernel32::WaitForSingleObject(p r2, i ${MOST_WAIT})'
      System::Call 'kernel32::CloseHandle(p r2)'
    ${EndIf}
  ${EndIf}
FunctionEnd

Function RefuseWithoutRights
  ${If} $AllUsers == 1
  ${OrIf} $Group != ""
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      Push "/ALLUSERS and /GROUP need an administrator. Start this as administrator, or leave them out to install for yourself."
      Push 2
      Call Refuse
    ${EndIf}
  ${EndIf}
FunctionEnd

; Where it was installed before, unless /D names another place.
Function FindPlace
  StrCpy $Before ""
  ReadRegStr $0 SHCTX "${UNINSTALL}" "InstallLocation"
  ReadRegStr $1 SHCTX "${UNINSTALL}" "DisplayVersion"
  ${If} $INSTDIR == ""
    ${If} $0 != ""
      StrCpy $INSTDIR $0
    ${ElseIf} $AllUsers == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}
  ${If} $0 == $INSTDIR
    StrCpy $Before $1
  ${EndIf}
FunctionEnd

Function RefuseDowngrade
  ${If} $Before != ""
    ${VersionCompare} "$Before" "${VERSION}" $0
    ${If} $0 = 1
      Push "${NAME} $Before is installed here, which is newer than ${VERSION}. It stays as it is: an older program may not understand what a newer one wrote."
      Push 4
      Call Refuse
    ${EndIf}
  ${EndIf}
FunctionEnd

; ---- the installation

Section
  Call RemoveLeftOvers
  Call ChooseFolder
  SetOutPath "$INSTDIR\$Folder"
  ClearErrors
  File /r "${STAGE}/*.*"
  ${If} ${Errors}
    Call TakeBack
    Push "The program could not be written to $INSTDIR. Look whether the disk is full, then start this again. Nothing was changed."
    Push 6
    Call Refuse
  ${EndIf}
  SetOutPath "$INSTDIR"
  Call CheckIt
  Call SetUpData
  Call Register
  Call Turn
  ${If} $AllUsers == 1
    ; Nobody who starts it later may remove what lies in Program Files.
    Push $Folder
    Call RemoveOthers
  ${EndIf}
  SetErrorLevel 0
SectionEnd

; What an installation that was cut short has left, so that many of them do not fill the disk.
Function RemoveLeftOvers
  ClearErrors
  FileOpen $0 "$INSTDIR\current.txt" r
  ${IfNot} ${Errors}
    FileRead $0 $1
    FileClose $0
    ${TrimNewLines} $1 $1
    ${If} ${FileExists} "$INSTDIR\$1\pupil-desk.exe"
      Push $1
      Call RemoveOthers
    ${EndIf}
  ${EndIf}
FunctionEnd

; A folder that is not there yet: 0.2.0, or 0.2.0-2 when the same version is put in again.
Function ChooseFolder
  StrCpy $Folder "${VERSION}"
  StrCpy $0 1
  ${While} ${FileExists} "$INSTDIR\$Folder"
    IntOp $0 $0 + 1
    StrCpy $Folder "${VERSION}-$0"
  ${EndWhile}
FunctionEnd

Function TakeBack
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\$Folder"
  RMDir "$INSTDIR"
FunctionEnd

Function CheckIt
  DetailPrint "The new program checks itself ..."
  nsExec::ExecToLog '"$INSTDIR\$Folder\pupil-desk.exe" self-test'
  Pop $0
  ${If} $0 != 0
    Call TakeBack
    StrCpy $1 "The new program checked itself on this PC and found a fault, so it was not put in place. What was installed before is as it was."
    ${If} ${Silent}
      Push $1
      Push 5
      Call Refuse
    ${EndIf}
    MessageBox MB_OK|MB_ICONEXCLAMATION "$1 The list behind this window says which check failed: pass it on to whoever looks after this PC."
    SetErrorLevel 5
    SetDetailsView show
    Abort
  ${EndIf}
  DetailPrint "Every part works on this PC."
FunctionEnd

; A technician's group gets the folder of the data; else the program makes it at its first start, for the person alone.
Function SetUpData
  ${If} $Group != ""
    ReadEnvStr $0 "PROGRAMDATA"
    CreateDirectory "$0\${NAME}\data"
    nsExec::ExecToLog '"$SYSDIR\icacls.exe" "$0\${NAME}\data" /inheritance:r /grant:r "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "$Group:(OI)(CI)M"'
    Pop $1
    ${If} $1 != 0
      Call TakeBack
      Push "The folder of the data could not be given to the group $Group. Look whether the group is there."
      Push 2
      Call Refuse
    ${EndIf}
  ${EndIf}
FunctionEnd

Function Register
  WriteUninstaller "$INSTDIR\Uninstall-new.exe"
  Push "$INSTDIR\Uninstall-new.exe"
  Push "$INSTDIR\Uninstall.exe"
  Call PutInPlace
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Uninstall.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "AllUsers" $AllUsers
FunctionEnd

; Last: everything that starts the program is turned to the new folder, each in one step.
Function Turn
  FileOpen $3 "$INSTDIR\current-new.txt" w
  FileWrite $3 "$Folder$\r$\n"
  FileClose $3
  Push "$INSTDIR\current-new.txt"
  Push "$INSTDIR\current.txt"
  Call PutInPlace
  SetOutPath "$INSTDIR\$Folder" ; where the shortcut starts
  CreateShortcut "$SMPROGRAMS\${NAME}-new.lnk" "$INSTDIR\$Folder\${NAME}.exe" "" "$INSTDIR\$Folder\${NAME}.exe" 0
  SetOutPath "$INSTDIR"
  Push "$SMPROGRAMS\${NAME}-new.lnk"
  Push "$SMPROGRAMS\${NAME}.lnk"
  Call PutInPlace
  ${If} ${FileExists} "$QUICKLAUNCH\User Pinned\TaskBar\${NAME}.lnk"
    ; A pin on the taskbar is a copy of the shortcut, and would go on pointing at the version before.
    CreateShortcut "$QUICKLAUNCH\User Pinned\TaskBar\${NAME}.lnk" "$INSTDIR\$Folder\${NAME}.exe" "" "$INSTDIR\$Folder\${NAME}.exe" 0
  ${EndIf}
  WriteRegStr SHCTX "Software\Classes\.pupildesk" "" "${FILE_TYPE}"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}" "" "A unit's file of ${NAME}"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}\DefaultIcon" "" "$INSTDIR\$Folder\${NAME}.exe,0"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}\shell\open\command" "" '"$INSTDIR\$Folder\${NAME}.exe" --unit "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Function OpenIt
  Exec '"$INSTDIR\$Folder\${NAME}.exe"'
FunctionEnd

; ---- taking it away

Function un.onInit
  StrCpy $AllUsers 0
  SetRegView 64
  ReadRegStr $0 HKLM "${UNINSTALL}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $AllUsers 1
  ${EndIf}
  Call un.LookUpScope
  Call un.HoldSetup
  Call un.RefuseWhileRunning
FunctionEnd

Section Uninstall
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey SHCTX "Software\Classes\${FILE_TYPE}"
  ReadRegStr $0 SHCTX "Software\Classes\.pupildesk" ""
  ${If} $0 == "${FILE_TYPE}"
    DeleteRegKey SHCTX "Software\Classes\.pupildesk"
  ${EndIf}
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  SetOutPath "$TEMP"
  Push "" ; no version stays
  Call un.RemoveOthers
  Delete "$INSTDIR\current.txt"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing of anybody else's is in it
  DeleteRegKey SHCTX "${UNINSTALL}"
  ReadEnvStr $0 "PROGRAMDATA"
  MessageBox MB_OK|MB_ICONINFORMATION "${NAME} was removed. The unit's data was left where it is:$\r$\n$\r$\n$0\${NAME}\data$\r$\n$\r$\nDelete that folder only if you are sure that nobody needs it." /SD IDOK
  SetErrorLevel 0
SectionEnd
