namespace MlOps.Data;

/// <summary>Makes data sets of rows whose type knows its columns.</summary>
public static class CheckedRowSources
{
    extension(Dataset)
    {
        /// <summary>Makes rows of objects whose type is a <see cref="ICheckedRow{TSelf}"/>; the objects are gone through anew at every read.</summary>
        /// <typeparam name="T">The type of a row.</typeparam>
        /// <param name="name">What to call it.</param>
        /// <param name="rows">The rows; must give the same rows every time.</param>
        public static Dataset FromEnumerable<T>(string name, IEnumerable<T> rows)
            where T : ICheckedRow<T> => DatasetSources.FromEnumerable<T>(name, rows, T.DefineColumns);
    }
}
