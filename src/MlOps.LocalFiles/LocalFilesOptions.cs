using System.ComponentModel.DataAnnotations;

namespace MlOps.LocalFiles;

/// <summary>Where a folder keeps its objects.</summary>
public sealed class LocalFilesOptions
{
    /// <summary>The configuration section that binds to it.</summary>
    public const string SectionName = "MlOps:LocalFiles";

    /// <summary>The folder; created on first use. Default <c>blobs</c> in the working directory.</summary>
    [Required(ErrorMessage = "{0} is empty; give the path of a folder.")]
    public string Folder { get; set; } = "blobs";
}
