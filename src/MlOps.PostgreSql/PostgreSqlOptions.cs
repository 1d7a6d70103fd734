using System.ComponentModel.DataAnnotations;

namespace MlOps.PostgreSql;

/// <summary>Which database holds the tables.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>The configuration section that binds to it.</summary>
    public const string SectionName = "MlOps:PostgreSql";

    /// <summary>How the server and a database that exists are reached: <c>Host=db;Database=ml;Username=ml;Password=…</c>.</summary>
    [Required(ErrorMessage = "{0} is empty; give the connection string of a database.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>The schema of the tables, made when it is missing; one for each workspace in the database. Default <c>mlops</c>.</summary>
    [Required(ErrorMessage = "{0} is empty; give the name of a schema.")]
    [RegularExpression("[A-Za-z_][A-Za-z0-9_]{0,62}", ErrorMessage = "{0} is not a plain name; give letters, digits and '_', at most 63.")]
    public string Schema { get; set; } = "mlops";
}
