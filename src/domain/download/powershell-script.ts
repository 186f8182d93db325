import { folderOf, type Listing, plainName } from './listed-file.ts';

/** The same as the script for bash, for Windows PowerShell 5.1 and later and the curl.exe that comes with Windows. */
export function powershellScript(listing: Listing): string {
  const rows = listing.files.map(({ fileName, sizeBytes, sha256, link }) => {
    const words = [plainName(fileName), String(sizeBytes), sha256, link].map(quoted);
    return `Get-Part ${words.join(' ')}`;
  });
  const script = `${HEAD}
param([string]$Folder = ${quoted(folderOf(listing))})
$Count = ${listing.files.length}
${BODY}
${rows.join('\n')}

${END}`;
  // With the mark Windows PowerShell reads UTF-8; without it, whatever the machine's old code page is.
  return `\uFEFF${script.replaceAll('\n', '\r\n')}`;
}

/** PowerShell takes five characters for a single quote; each is written twice between two of them. */
function quoted(word: string): string {
  return `'${word.replace(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`;
}

const HEAD = `# Fetches every file of your data export and checks it. If it is stopped, start it again: it goes on where it was.
# Use: powershell -ExecutionPolicy Bypass -File download.ps1 [-Folder FOLDER]
# It holds your personal links, so please do not pass it on.`;

const BODY = `
$ErrorActionPreference = 'Stop'
if (-not (Get-Command curl.exe -ErrorAction SilentlyContinue)) {
  [Console]::Error.WriteLine('curl.exe was not found; it comes with Windows 10 and later. Download the files on the page instead.')
  exit 2
}
[void](New-Item -ItemType Directory -Force -Path $Folder)
$Folder = (Resolve-Path -LiteralPath $Folder).ProviderPath
$Checked = Join-Path $Folder '.checked'
if (-not (Test-Path -LiteralPath $Checked)) { [void](New-Item -ItemType File -Path $Checked) }
$script:Nth = 0
$script:Right = 0
$script:Wrong = @()

function Get-Size([string]$Path) {
  if (Test-Path -LiteralPath $Path) { return (Get-Item -LiteralPath $Path).Length }
  return [long]0
}

# Brings the rest of one file; goes on until it is there, or no byte has come for many tries.
function Get-Rest([string]$Target, [long]$Size, [string]$Url) {
  $fruitless = 0
  while ($true) {
    $have = Get-Size $Target
    if ($have -gt $Size) { Remove-Item -LiteralPath $Target; $have = 0 }
    if ($have -eq $Size) {
      if (-not (Test-Path -LiteralPath $Target)) { [void](New-Item -ItemType File -Path $Target) }
      return $true
    }
    $code = & curl.exe -q --fail --location --silent --connect-timeout 30 --speed-limit 1 --speed-time 60 --continue-at $have --output $Target --write-out '%{http_code}' --url $Url
    $now = Get-Size $Target
    if ($code -eq '404' -or $code -eq '410') {
      [Console]::Error.WriteLine('The links no longer work. Ask in the support chat for more time, then start this again.')
      exit 3
    }
    if ($code -eq '416' -and (Test-Path -LiteralPath $Target)) { Remove-Item -LiteralPath $Target }
    if ($now -gt $have) { $fruitless = 0; continue }
    $fruitless += 1
    if ($fruitless -ge 20) { return $false }
    $pause = [Math]::Min(60, [Math]::Pow(2, $fruitless))
    Write-Host "  nothing came (answer $code); next try in $pause s"
    Start-Sleep -Seconds $pause
  }
}

function Get-Part([string]$Name, [long]$Size, [string]$Sum, [string]$Url) {
  $target = Join-Path $Folder $Name
  $script:Nth += 1
  $mark = "$Sum  $Name"
  if ((Get-Size $target) -eq $Size -and (Get-Content -LiteralPath $Checked -Encoding UTF8) -ccontains $mark) {
    $script:Right += 1
    return
  }
  Write-Host "File $($script:Nth) of ${'$'}{Count}: $Name ($Size bytes)"
  foreach ($again in 1, 2) {
    if (-not (Get-Rest $target $Size $Url)) {
      $script:Wrong += $Name
      return
    }
    if ((Get-FileHash -Algorithm SHA256 -LiteralPath $target).Hash -eq $Sum) {
      Add-Content -LiteralPath $Checked -Value $mark -Encoding UTF8
      $script:Right += 1
      return
    }
    Write-Host "  $Name arrived damaged."
    Remove-Item -LiteralPath $target
  }
  $script:Wrong += "$Name (damaged twice: tell us in the support chat, we build it again)"
}
`;

const END = `if ($script:Right -eq $Count) {
  Write-Host "All $Count files are in $Folder, and the SHA-256 of each is right."
  exit 0
}
[Console]::Error.WriteLine("$($Count - $script:Right) of $Count files are missing:")
$script:Wrong | ForEach-Object { [Console]::Error.WriteLine("  $_") }
[Console]::Error.WriteLine('Start this again to go on.')
exit 1
`;
