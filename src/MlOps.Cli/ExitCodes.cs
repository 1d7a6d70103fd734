namespace MlOps.Cli;

/// <summary>What the process says when it ends; scripts branch on it.</summary>
internal static class ExitCodes
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>The command worked and the answer is no: a check failed, data drifted, a thing was not found, or a store could not be used.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or data or a file that it names cannot be read.</summary>
    public const int WrongUse = 2;
}
