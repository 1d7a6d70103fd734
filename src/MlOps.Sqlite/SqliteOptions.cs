using System.ComponentModel.DataAnnotations;

namespace MlOps.Sqlite;

/// <summary>Where the database lies and how long to wait for it.</summary>
public sealed class SqliteOptions
{
    /// <summary>The configuration section that binds to it.</summary>
    public const string SectionName = "MlOps:Sqlite";

    /// <summary>The database file; it and its folder are created on first use. Default <c>mlops.db</c> in the working directory.</summary>
    [Required(ErrorMessage = "{0} is empty; give the path of a file.")]
    public string DatabasePath { get; set; } = "mlops.db";

    /// <summary>How long a call waits for another process's write before it fails. Default 30 s.</summary>
    [AllowedRange("00:00:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
