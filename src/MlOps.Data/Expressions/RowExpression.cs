using System.Diagnostics;
using Apache.Arrow;
using MlOps.Data.Expressions;

namespace MlOps.Data;

/// <summary>A condition on the columns of a row, written as text, such as <c>arrival &gt; departure or cancelled</c>. Immutable; safe for concurrent use.</summary>
/// <remarks>
/// <para>
/// Columns by name, quoted with backticks or double quotes where the name is no plain word; numbers, <c>'text'</c>, <c>true</c>, <c>false</c>,
/// <c>null</c>; <c>+ - * / %</c>; <c>= == != &lt;&gt; &lt; &lt;= &gt; &gt;=</c>; <c>and</c>, <c>or</c>, <c>not</c>; <c>in (…)</c>,
/// <c>between … and …</c>, <c>is null</c>, <c>is not null</c>, <c>like 'A%'</c>, <c>matches 'regular expression'</c>, each with <c>not</c>
/// as well; <c>length()</c>, <c>lower()</c>, <c>upper()</c>, <c>trim()</c>, <c>abs()</c>, <c>round(number, digits)</c>. Words of the language
/// are read in any case; columns and texts are compared by code units, never by culture.
/// </para>
/// <para>
/// Logic has three values as in SQL: what compares with a missing value is neither true nor false, <c>false and missing</c> is false,
/// <c>true or missing</c> is true. NaN is missing, and so is what is not defined, such as 0 / 0; a number divided by 0 is infinite.
/// The remainder has the sign of the dividend; <c>round</c> takes halves away from zero. Numbers are doubles, but whole numbers of 64 bits
/// are compared exactly with each other, and beside a column of single precision a written number is rounded to that. A text compared with
/// a time is read as ISO 8601, in UTC where it names no zone.
/// </para>
/// </remarks>
[DebuggerDisplay("{Text}")]
public sealed class RowExpression
{
    private readonly ExpressionSyntax _syntax;

    private RowExpression(string text, ExpressionSyntax syntax)
    {
        (Text, _syntax) = (text, syntax);
        Columns = ColumnCollector.Of(syntax);
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>The columns that it reads, in the order in which they are named first.</summary>
    public IReadOnlyList<string> Columns { get; }

    internal ExpressionSyntax Syntax => _syntax;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: it is not one; the message says what was expected, and where.</exception>
    public static RowExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new RowExpression(text, ExpressionParser.Parse(text));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>True where both are.</summary>
    internal static RowExpression Both(RowExpression left, RowExpression right) => Parse($"({left.Text}) and ({right.Text})");

    /// <summary>Makes what judges batches with these columns; used by one reader at a time.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.ColumnNotFound"/>, <see cref="ErrorCodes.ColumnType"/>, or <see cref="ErrorCodes.InvalidConfiguration"/>: it cannot be asked of them.
    /// </exception>
    internal TruthNode Bind(Schema schema) => new ExpressionBinder(Text, schema).BindTruth(_syntax);
}
