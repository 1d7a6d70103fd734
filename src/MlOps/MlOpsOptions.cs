using System.ComponentModel.DataAnnotations;

namespace MlOps;

/// <summary>Where the embedded stores of an application lie.</summary>
public sealed class MlOpsOptions
{
    /// <summary>The configuration section that <c>AddMlOps</c> binds when the application has a configuration.</summary>
    public const string SectionName = "MlOps";

    /// <summary>The workspace folder; default: the nearest <c>.mlops</c> at or above the current directory, else a new one in it.</summary>
    [StringLength(4096, MinimumLength = 1, ErrorMessage = "{0} is empty; give the path of a folder, or leave it out to search from the current directory.")]
    public string? WorkspacePath { get; set; }
}
