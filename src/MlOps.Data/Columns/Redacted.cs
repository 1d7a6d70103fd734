namespace MlOps.Data.Columns;

/// <summary>What people see in the place of a value that belongs to a person.</summary>
internal static class Redacted
{
    public const string Text = "•••";
}
