namespace MlOps.Data;

/// <summary>What the cells of a column are in a file of text: CSV or JSON Lines.</summary>
public enum CellType
{
    /// <summary>Any text, as it stands.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A double; <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are numbers.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    Boolean,

    /// <summary>An ISO 8601 date or time; without an offset it is taken as UTC. Held in microseconds, finer parts cut off.</summary>
    Time,

    /// <summary>A day without a time, ISO 8601. Held in days.</summary>
    Date,
}
