import { fileIn, packageFor } from './language';
import type { Workspace } from './workspace';

/** The library in C#: its code is generated, and not compiled. */
export function dotnet(workspace: Workspace): void {
  fileIn(packageFor(workspace, 'dotnet', { codeOnly: true }), '.csproj');
}
