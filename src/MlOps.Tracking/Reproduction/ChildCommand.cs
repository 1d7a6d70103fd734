namespace MlOps.Tracking;

/// <summary>A program to start.</summary>
/// <param name="Program">Its file.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="Variables">What its environment has over that of this process; a null value removes a variable.</param>
internal sealed record ChildCommand(
    string Program, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string?> Variables);

/// <summary>Runs a program to its end and returns its exit code; cancelling kills it and its children.</summary>
internal delegate Task<int> ChildRunner(ChildCommand command, ChildOutput output, CancellationToken cancellationToken);
